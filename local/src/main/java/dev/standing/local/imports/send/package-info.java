/** How the gateway is asked, and asked again until it answers. */
package dev.standing.local.imports.send;
