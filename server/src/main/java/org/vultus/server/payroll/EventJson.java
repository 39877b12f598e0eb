package org.vultus.server.payroll;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.store.integration.AttendanceEvent;

/**
 * An event as HR systems get it, pulled or by webhook.
 *
 * @param type such as {@code punch.recorded}
 * @param timestamp when it was recorded
 */
record EventJson(String type, Instant timestamp, Data data) {

    /** What it is about; absent is what does not belong to its type. */
    record Data(
            @Nullable Person person,
            @Nullable PunchJson punch,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** @param username absent for somebody who was erased */
    record Person(
            UUID id, @Nullable String username, @Nullable String department) {}

    /** @param voided whether it does not count any more */
    record PunchJson(
            UUID eventId,
            @Nullable String site,
            @Nullable Long nsr,
            Instant at,
            Instant receivedAt,
            String method,
            @Nullable String direction,
            boolean voided) {}

    static EventJson of(AttendanceEvent event) {
        AttendanceEvent.TakenPunch punch = event.punch();
        return new EventJson(
                event.type(),
                event.at(),
                new Data(
                        event.subject() == null
                                ? null
                                : new Person(event.subject(), event.username(), event.department()),
                        punch == null
                                ? null
                                : new PunchJson(
                                        punch.eventId(),
                                        punch.site(),
                                        punch.nsr(),
                                        punch.at(),
                                        punch.receivedAt(),
                                        punch.method(),
                                        punch.direction(),
                                        event.voided()),
                        event.from(),
                        event.to()));
    }
}
