/** What can be asked for one customer, and what makes a command well formed. */
package dev.standing.domain.command;
