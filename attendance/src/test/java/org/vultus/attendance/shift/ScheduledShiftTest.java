package org.vultus.attendance.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduledShiftTest {
    private static final ZoneId SAO_PAULO = ZoneId.of("America/Sao_Paulo");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ScheduledShift TODAY = ScheduledShift.of(Shift.DEFAULT, LocalDate.of(2026, 3, 2), SAO_PAULO);

    private static Instant at(String time) {
        return LocalDateTime.parse("2026-03-02T" + time).atZone(SAO_PAULO).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "00:00:00, EARLY",
        "08:59:59.999, EARLY",
        "09:00:00, ON_TIME",
        "09:15:00, ON_TIME",
        "09:15:00.001, LATE",
        "17:00:00, LATE",
        "17:00:00.001, OVERTIME",
    })
    void theDefaultShiftCallsAnArrival(String time, Status status) {
        assertThat(TODAY.arrival(at(time))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "12:00:00, LEFT_EARLY",
        "16:59:59.999, LEFT_EARLY",
        "17:00:00, ON_TIME",
        "17:00:00.001, OVERTIME",
    })
    void theDefaultShiftCallsADeparture(String time, Status status) {
        assertThat(TODAY.departure(at(time))).isEqualTo(status);
    }

    @Test
    void anEarlyLeaveGraceIsInclusive() {
        Shift lenient = shift("09:00", "17:00", Duration.ofMinutes(10), List.of());
        ScheduledShift today = ScheduledShift.of(lenient, TODAY.day(), SAO_PAULO);
        assertThat(today.departure(at("16:49:59.999"))).isEqualTo(Status.LEFT_EARLY);
        assertThat(today.departure(at("16:50:00"))).isEqualTo(Status.ON_TIME);
    }

    @ParameterizedTest
    @CsvSource({
        // An ordinary night, the night to summer time, the night to winter time.
        "2026-03-02, 28800",
        "2026-03-28, 25200",
        "2026-10-24, 32400",
    })
    void aNightIsAsLongAsItWas(LocalDate day, long seconds) {
        ScheduledShift night = ScheduledShift.of(shift("22:00", "06:00", Duration.ZERO, List.of()), day, BERLIN);
        assertThat(night.paidSeconds()).isEqualTo(seconds);
        assertThat(night.end())
                .isEqualTo(day.plusDays(1).atTime(6, 0).atZone(BERLIN).toInstant());
    }

    @Test
    void aStartThatTheClockSkipsIsAsMuchLater() {
        ScheduledShift shift =
                ScheduledShift.of(shift("02:30", "10:00", Duration.ZERO, List.of()), LocalDate.of(2026, 3, 29), BERLIN);
        assertThat(shift.start()).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(shift.start().atZone(BERLIN).toLocalTime()).isEqualTo(LocalTime.of(3, 30));
    }

    @Test
    void breaksAfterMidnightAreOfThatNight() {
        ScheduledShift night = ScheduledShift.of(
                shift("22:00", "06:00", Duration.ZERO, List.of(pause("23:45", "00:15"), pause("03:00", "03:30"))),
                LocalDate.of(2028, 2, 28),
                BERLIN);
        assertThat(night.breaks())
                .extracting(span -> span.start().atZone(BERLIN).toLocalDateTime())
                .containsExactly(LocalDateTime.parse("2028-02-28T23:45"), LocalDateTime.parse("2028-02-29T03:00"));
        assertThat(night.paidSeconds()).isEqualTo(7 * 3600);
    }

    @Test
    void breaksOutsideOfTheShiftAreRefused() {
        assertThatThrownBy(() -> shift("09:00", "17:00", Duration.ZERO, List.of(pause("16:30", "17:30"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shift(
                        "09:00", "17:00", Duration.ZERO, List.of(pause("12:00", "13:00"), pause("12:30", "13:30"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aShiftWithinASecondIsRefused() {
        assertThatThrownBy(() -> shift("08:00:00.5", "08:00:00.9", Duration.ZERO, List.of()))
                .hasMessageContaining("whole second");
        assertThatThrownBy(() -> pause("12:00:00.5", "13:00")).hasMessageContaining("whole second");
        assertThatThrownBy(() -> shift("08:00", "17:00", Duration.ofHours(5), List.of()))
                .hasMessage("the early-leave grace is 0 to 240 minutes");
    }

    private static UnpaidBreak pause(String from, String to) {
        return new UnpaidBreak(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Shift shift(String start, String end, Duration earlyLeaveGrace, List<UnpaidBreak> breaks) {
        return new Shift(
                UUID.randomUUID(),
                "shift",
                LocalTime.parse(start),
                LocalTime.parse(end),
                Duration.ofHours(2),
                Duration.ofHours(4),
                Duration.ofMinutes(15),
                earlyLeaveGrace,
                breaks,
                Duration.ZERO,
                false);
    }
}
