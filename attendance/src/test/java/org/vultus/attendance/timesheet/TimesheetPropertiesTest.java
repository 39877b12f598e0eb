package org.vultus.attendance.timesheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.rule.Rules;
import org.vultus.attendance.shift.UnpaidBreak;

/** What holds for every record, on weeks around the change of clocks, with night shifts, breaks and queued events. */
class TimesheetPropertiesTest {
    private static final Instant BEGIN = Instant.parse("2026-10-18T00:00:00Z");
    private static final LocalDate FROM = LocalDate.of(2026, 10, 19);
    private static final LocalDate TO = LocalDate.of(2026, 11, 1);

    private record Event(long second, int direction, int delay) {}

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, Duration.ofDays(16).toSeconds()),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(-100, 100_000))
                .as(Event::new)
                .list()
                .ofMaxSize(60);
    }

    private static Desk desk(List<Event> events, int pattern) {
        Desk desk = new Desk("Europe/Berlin");
        switch (pattern) {
            case 0 ->
                desk.everyDay(desk.shift("22:00", "06:00", new UnpaidBreak(LocalTime.of(2, 0), LocalTime.of(2, 30))));
            case 1 -> desk.everyDay(desk.shift("08:00", "12:00"), desk.shift("13:00", "17:00"));
            case 2 -> desk.cycle("2026-10-19", true, List.of(List.of(desk.shift("07:00", "19:00")), List.of()));
            default ->
                desk.rules(
                        "2026-10-25",
                        new Rules(
                                true,
                                null,
                                Duration.ofHours(20),
                                50,
                                Duration.ofHours(1),
                                100,
                                100,
                                LocalTime.of(22, 0),
                                LocalTime.of(5, 0),
                                20,
                                true));
        }
        desk.holiday("2026-10-26");
        for (Event event : events) {
            Instant at = BEGIN.plusSeconds(event.second);
            Direction direction = event.direction == 0 ? Direction.IN : event.direction == 1 ? Direction.OUT : null;
            desk.received(at, at.plusSeconds(event.delay), direction);
        }
        return desk;
    }

    @Property(tries = 300)
    void theOrderOfDeliveryDoesNotMatter(
            @ForAll("events") List<Event> events, @ForAll Random random, @ForAll int pattern) {
        Desk desk = desk(events, Math.floorMod(pattern, 4));
        List<Punch> shuffled = new ArrayList<>(desk.punches);
        Collections.shuffle(shuffled, random);
        assertThat(TimesheetCalculation.of(desk.site(), desk.person(shuffled), FROM, TO, Desk.EVER))
                .isEqualTo(TimesheetCalculation.of(desk.site(), desk.person(), FROM, TO, Desk.EVER));
    }

    @Property(tries = 300)
    void theSameEventTwiceIsOnePunch(@ForAll("events") List<Event> events, @ForAll int pattern) {
        Desk desk = desk(events, Math.floorMod(pattern, 4));
        List<Punch> twice = new ArrayList<>(desk.punches);
        twice.addAll(desk.punches);
        assertThat(TimesheetCalculation.of(desk.site(), desk.person(twice), FROM, TO, Desk.EVER))
                .isEqualTo(TimesheetCalculation.of(desk.site(), desk.person(), FROM, TO, Desk.EVER));
    }

    @Property(tries = 300)
    void totalsReconcile(@ForAll("events") List<Event> events, @ForAll int pattern) {
        Desk desk = desk(events, Math.floorMod(pattern, 4));
        Timesheet sheet = TimesheetCalculation.of(desk.site(), desk.person(), FROM, TO, Desk.EVER);
        Hours sum = Hours.NONE;
        for (Workday day : sheet.days()) {
            Hours hours = day.hours();
            sum = sum.plus(hours);
            assertThat(hours.present()).isEqualTo(hours.uncounted() + hours.worked());
            assertThat(hours.present())
                    .isEqualTo(
                            day.sessions().stream().mapToLong(Session::seconds).sum());
            assertThat(hours.night()).isBetween(0L, hours.worked());
            assertThat(hours.regular()).isNotNegative();
            assertThat(hours.missing()).isBetween(0L, hours.scheduled());
            assertThat(day.stamps()).extracting(s -> s.punch().at()).isSorted();
        }
        assertThat(sum).isEqualTo(sheet.total());
        assertThat(sheet.days()).hasSize(14);
    }

    @Property(tries = 100)
    void aPeriodIsTheSumOfItsDays(@ForAll("events") List<Event> events, @ForAll int pattern) {
        Desk desk = desk(events, Math.floorMod(pattern, 4));
        List<Workday> days = new ArrayList<>();
        for (LocalDate day = FROM; !day.isAfter(TO); day = day.plusDays(1)) {
            days.addAll(TimesheetCalculation.of(desk.site(), desk.person(), day, day, Desk.EVER)
                    .days());
        }
        assertThat(days)
                .isEqualTo(TimesheetCalculation.of(desk.site(), desk.person(), FROM, TO, Desk.EVER)
                        .days());
    }
}
