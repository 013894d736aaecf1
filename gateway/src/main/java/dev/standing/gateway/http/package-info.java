/** The HTTP server: what every call has in common, whichever API it belongs to. */
package dev.standing.gateway.http;
