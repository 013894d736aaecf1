package dev.standing.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that are about containers as such, and take minutes: only {@code -Pcontainers} runs them. Without a Docker engine
 * they are skipped, or fail if {@value EngineNeeded#REQUIRED} is true.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("containers")
@Tag("outage")
@ExtendWith(EngineNeeded.class)
public @interface OnContainers {}
