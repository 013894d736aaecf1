/** What follows for the subordinates when a change of their customer's state is to reach them. */
package dev.standing.domain.cascade;
