/** Confluent's client in place of Standing's own. */
package dev.standing.confluent;
