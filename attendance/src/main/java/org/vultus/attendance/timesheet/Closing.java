package org.vultus.attendance.timesheet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A manager's approval of a timesheet as it was at a moment. It can be calculated again from what was known then; what came later
 * shows as a difference and does not change it.
 *
 * @param to inclusive
 */
public record Closing(UUID id, UUID subject, LocalDate from, LocalDate to, UUID by, Instant at) {}
