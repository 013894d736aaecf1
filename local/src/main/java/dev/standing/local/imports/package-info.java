/** {@code standing import}: customers and hierarchies of a file, registered through the gateway, once each. */
package dev.standing.local.imports;
