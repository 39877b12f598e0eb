package org.vultus.attendance.punch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody was seen at a moment. Immutable; never changed or removed, only {@link Voiding voided}.
 *
 * @param eventId made by whoever delivers it; the same twice is one punch
 * @param nsr the number in the sequence of the site; {@code null} for one that a manager added
 * @param department of the person then
 * @param capturedAt when the device says it was
 * @param receivedAt when the server heard of it
 * @param kiosk {@code null} for one that a manager added
 * @param direction {@code null} where nobody said: they alternate
 * @param recordedBy the manager who added it; {@code null} for one from a kiosk
 * @param reason why the manager did
 */
public record Punch(
        UUID eventId,
        @Nullable Long nsr,
        UUID subject,
        UUID department,
        Instant capturedAt,
        Instant receivedAt,
        @Nullable UUID kiosk,
        Method method,
        @Nullable Direction direction,
        @Nullable UUID recordedBy,
        @Nullable String reason) {

    /** By moment, then by identifier: the same order whatever order they were delivered in. */
    public static final Comparator<Punch> IN_ORDER =
            Comparator.comparing(Punch::at).thenComparing(Punch::capturedAt).thenComparing(Punch::eventId);

    /** A device may be this far ahead of the server before its clock is called wrong. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    /** One that arrives this long after it was taken was queued. */
    private static final Duration PROMPT = Duration.ofMinutes(5);

    public Punch {
        if ((method == Method.MANUAL) != (recordedBy != null && reason != null && !reason.isBlank())) {
            throw new IllegalArgumentException("a manual punch, and no other, has an author and a reason");
        }
    }

    /** The moment that counts: nothing was seen after it was told. */
    public Instant at() {
        return capturedAt.isAfter(receivedAt) ? receivedAt : capturedAt;
    }

    /** Whether the device's clock cannot be right. */
    public boolean clockWrong() {
        return method != Method.MANUAL && capturedAt.isAfter(receivedAt.plus(CLOCK_TOLERANCE));
    }

    /** Whether it was delivered long after it was taken. */
    public boolean late() {
        return method != Method.MANUAL && capturedAt.plus(PROMPT).isBefore(receivedAt);
    }
}
