package org.vultus.server.payroll;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.shift.ScheduledShift;

/**
 * Shifts as iCalendar (RFC 5545). Moments are in UTC, so that no rule of a time zone has to be told. A few lines of our own: the
 * library for Java registers time zones for the whole JVM, which every start then loads.
 */
final class RosterCalendar {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** RFC 5545, 3.1: lines should not be longer than 75 octets, without the break. */
    private static final int LONGEST_LINE = 75;

    private RosterCalendar() {}

    /** @param person makes the identifiers of the same shift of two people differ; it cannot be read from them */
    static String write(UUID person, List<DayPlan> days, Instant now) {
        StringBuilder text = new StringBuilder();
        line(text, "BEGIN:VCALENDAR");
        line(text, "PRODID:-//Vultus//Roster//EN");
        line(text, "VERSION:2.0");
        line(text, "CALSCALE:GREGORIAN");
        for (DayPlan day : days) {
            for (ScheduledShift shift : day.shifts()) {
                String of = person + "/" + shift.shift().id() + "/" + day.day();
                line(text, "BEGIN:VEVENT");
                line(text, "UID:" + UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)) + "@vultus");
                line(text, "DTSTAMP:" + MOMENT.format(now));
                line(text, "DTSTART:" + MOMENT.format(shift.start()));
                line(text, "DTEND:" + MOMENT.format(shift.end()));
                line(
                        text,
                        "SUMMARY:"
                                + escaped(
                                        shift.shift().onCall()
                                                ? shift.shift().name() + " (on call)"
                                                : shift.shift().name()));
                line(text, "END:VEVENT");
            }
        }
        line(text, "END:VCALENDAR");
        return text.toString();
    }

    /** RFC 5545, 3.3.11. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\R", "\\\\n");
    }

    /** RFC 5545, 3.1: a long line goes on after a break and a space; no character is divided. */
    private static void line(StringBuilder text, String content) {
        int octets = 0;
        for (int i = 0; i < content.length(); ) {
            int character = content.codePointAt(i);
            String piece = Character.toString(character);
            int length = piece.getBytes(StandardCharsets.UTF_8).length;
            if (octets + length > LONGEST_LINE) {
                text.append("\r\n ");
                octets = 1;
            }
            text.append(piece);
            octets += length;
            i += Character.charCount(character);
        }
        text.append("\r\n");
    }
}
