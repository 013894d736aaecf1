/** What a call asks for, whichever API it came through. */
package dev.standing.gateway.request;
