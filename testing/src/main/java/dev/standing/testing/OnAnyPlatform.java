package dev.standing.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that take their {@link TestPlatform} as it comes, and so run on containers too. Where containers are chosen and
 * there is no Docker engine, they are skipped, or fail if {@value EngineNeeded#REQUIRED} is true.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("containers")
@ExtendWith(EngineNeeded.class)
public @interface OnAnyPlatform {}
