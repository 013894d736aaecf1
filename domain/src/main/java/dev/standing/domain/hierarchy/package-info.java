/** The subordinates of one customer: its accounts, subscribers and subscriptions. */
package dev.standing.domain.hierarchy;
