/** Who calls, what they may, and how much of it: keys, signatures, tokens and limits. */
package dev.standing.gateway.access;
