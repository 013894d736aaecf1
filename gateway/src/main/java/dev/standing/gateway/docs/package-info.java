/** The documentation that the gateway serves: the OpenAPI document, and a page that shows it. */
package dev.standing.gateway.docs;
