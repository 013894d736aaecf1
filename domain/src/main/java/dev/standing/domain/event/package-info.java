/** What happened to one customer. */
package dev.standing.domain.event;
