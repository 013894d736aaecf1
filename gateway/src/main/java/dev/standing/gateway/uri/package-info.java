/** The text of URIs: percent-encoding in both directions. */
package dev.standing.gateway.uri;
