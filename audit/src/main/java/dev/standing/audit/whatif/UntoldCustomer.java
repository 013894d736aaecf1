package dev.standing.audit.whatif;

/**
 * A customer of which could not be told how it would have gone on.
 *
 * @param customerId its id
 * @param commands how many of its commands were left out
 * @param why in words
 */
public record UntoldCustomer(String customerId, long commands, String why) {}
