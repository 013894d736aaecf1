/** Deciding a command: pure functions from a customer, a command, an instant and the policy to events and an outcome. */
package dev.standing.domain.decision;
