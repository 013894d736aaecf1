package dev.standing.registry;

import org.apache.kafka.common.KafkaException;

/** The registry did not give what it was asked for. */
public abstract sealed class RegistryException extends KafkaException
        permits RegistryUnavailableException, RegistryRejectedException {

    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message);
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
