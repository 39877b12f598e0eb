package org.vultus.store.qdrant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers from waiting for a service that does not answer (Nygard, Release It!, "Circuit Breaker"): after {@value #FAILURES}
 * failures in a row nobody is let through but one caller every {@link #PAUSE}, whose success lets everybody through again. Safe for
 * several threads.
 */
final class Circuit {
    static final int FAILURES = 3;
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Clock clock;
    private int failures;
    private Instant nextTrial = Instant.MIN;
    private @Nullable String reason;

    Circuit(Clock clock) {
        this.clock = clock;
    }

    /** Whether a caller may try now; who may must tell how it went. */
    synchronized boolean admits() {
        if (failures < FAILURES) {
            return true;
        }
        Instant now = clock.instant();
        if (now.isBefore(nextTrial)) {
            return false;
        }
        nextTrial = now.plus(PAUSE);
        return true;
    }

    synchronized void succeeded() {
        failures = 0;
        reason = null;
    }

    /** @param hopeless whether another attempt right away would fail too */
    synchronized void failed(String why, boolean hopeless) {
        failures = hopeless ? FAILURES : Math.min(FAILURES, failures + 1);
        nextTrial = clock.instant().plus(PAUSE);
        reason = why;
    }

    /** Why nobody is let through; empty while everybody is. */
    synchronized Optional<String> open() {
        return failures < FAILURES ? Optional.empty() : Optional.ofNullable(reason);
    }
}
