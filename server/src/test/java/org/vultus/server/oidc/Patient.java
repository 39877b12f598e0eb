package org.vultus.server.oidc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that waits for a time-out of the real length: run with {@code -Dvultus.tests.patient=true}, so that every build stays short. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "vultus.tests.patient", matches = "true")
@interface Patient {}
