/** What the processors know: asked for over HTTP, of whichever of them has it. */
package dev.standing.gateway.query;
