package org.vultus.store.integration;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as other systems are told. Names and times are looked up when it is read, so that nothing is kept of somebody
 * who was erased.
 *
 * @param sequence its number in the audit trail; larger ones are later, and none turns up before one that was read
 * @param type such as {@code punch.recorded}
 * @param subject whom it is about
 * @param username theirs; {@code null} for somebody who was erased
 * @param department code of theirs; {@code null} for somebody who was erased
 * @param punch the punch that was recorded, added or voided; {@code null} for other events
 * @param voided whether the punch does not count any more
 * @param from first day of an approved timesheet; {@code null} for other events
 * @param to its last
 */
public record AttendanceEvent(
        long sequence,
        String type,
        Instant at,
        @Nullable UUID subject,
        @Nullable String username,
        @Nullable String department,
        @Nullable TakenPunch punch,
        boolean voided,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    /** @param site {@code null} with {@code nsr} for one that a manager added */
    public record TakenPunch(
            UUID eventId,
            @Nullable String site,
            @Nullable Long nsr,
            Instant at,
            Instant receivedAt,
            String method,
            @Nullable String direction) {}
}
