package dev.standing.domain.policy;

/**
 * A configured reason of a state.
 *
 * @param code what commands name
 * @param name what people read
 * @param description what it means; may be empty
 * @param charged whether the customer pays while it holds
 */
public record Reason(String code, String name, String description, boolean charged) {}
