package org.vultus.server.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.shift.ScheduledShift;
import org.vultus.attendance.shift.Shift;

class RosterCalendarTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final String NAME =
            "Plantão; noite, UTI \\ ala \"B\" — equipe de terapia intensiva adulta, segundo andar\nção ção ção";

    private static DayPlan day() {
        Shift shift = new Shift(
                new UUID(0, 5),
                NAME,
                LocalTime.of(19, 0),
                LocalTime.of(7, 0),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                Duration.ZERO,
                true);
        return new DayPlan(DAY, ZONE, DayPlan.Kind.WORK, List.of(ScheduledShift.of(shift, DAY, ZONE)), true);
    }

    @Test
    void anotherProgramReadsTheShiftsAsTheyAre() throws Exception {
        String text = RosterCalendar.write(new UUID(0, 1), List.of(day()), NOW);

        assertThat(text)
                .startsWith("BEGIN:VCALENDAR\r\n")
                .contains("DTSTART:20260302T220000Z\r\n", "DTEND:20260303T100000Z\r\n", "DTSTAMP:20260301T000000Z")
                .contains("Plantão\\; noite\\, UTI \\\\ ala");
        assertThat(Arrays.asList(text.split("\r\n")))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        Calendar read = new CalendarBuilder().build(new StringReader(text));
        VEvent event = (VEvent) read.getComponents().getFirst();
        assertThat(event.getSummary().getValue()).isEqualTo(NAME + " (on call)");
        assertThat(text).doesNotContain(new UUID(0, 1).toString());
    }

    @Test
    void identifiersStayAndDifferBetweenPeople() {
        String ana = RosterCalendar.write(new UUID(0, 1), List.of(day()), NOW);
        assertThat(RosterCalendar.write(new UUID(0, 1), List.of(day()), NOW)).isEqualTo(ana);
        assertThat(RosterCalendar.write(new UUID(0, 2), List.of(day()), NOW)).isNotEqualTo(ana);
        assertThat(RosterCalendar.write(new UUID(0, 1), List.of(), NOW)).endsWith("END:VCALENDAR\r\n");
    }
}
