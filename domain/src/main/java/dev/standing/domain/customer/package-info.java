/** The state of one customer, and how events bring it about. */
package dev.standing.domain.customer;
