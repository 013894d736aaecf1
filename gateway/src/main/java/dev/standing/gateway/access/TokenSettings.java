package dev.standing.gateway.access;

/**
 * Which tokens are taken.
 *
 * @param keys where the issuer's keys are
 * @param issuer what the claim {@code iss} has to be
 * @param audience what the claim {@code aud} has to be or to have in it
 * @param sourceClaim the claim that names the source
 * @param rolesClaim the claim that names the roles
 */
public record TokenSettings(KeySetPlace keys, String issuer, String audience, String sourceClaim, String rolesClaim) {}
