package org.vultus.access.signin;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The failures in a row of one key (a claimed name, a device, an address). Immutable.
 *
 * @param failures in a row; a success sets it to 0
 * @param until no attempt is looked at before; {@code null} for no wait
 */
public record Lockout(int failures, @Nullable Instant until) {
    public static final Lockout NONE = new Lockout(0, null);

    /** How long is left to wait; zero for none. */
    public Duration remaining(Instant now) {
        return until == null || !until.isAfter(now) ? Duration.ZERO : Duration.between(now, until);
    }

    /**
     * How failures turn into waiting: none until {@code allowed} in a row, after that one {@code first}, doubled at each further
     * failure, never more than {@code longest} (NIST SP 800-63B, 5.2.2 and 5.2.3). In whole seconds.
     */
    public record Rule(int allowed, Duration first, Duration longest) {

        public Lockout afterFailure(Lockout before, Instant now) {
            int failures = before.failures() + 1;
            if (failures < allowed) {
                return new Lockout(failures, null);
            }
            long wait = first.toSeconds() << Math.min(failures - allowed, 30);
            return new Lockout(failures, now.plusSeconds(Math.min(wait, longest.toSeconds())));
        }
    }
}
