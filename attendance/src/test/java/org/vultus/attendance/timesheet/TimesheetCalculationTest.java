package org.vultus.attendance.timesheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.rule.RuleVersion;
import org.vultus.attendance.rule.Rules;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.Status;
import org.vultus.attendance.shift.UnpaidBreak;

class TimesheetCalculationTest {
    private static final long HOUR = 3600;
    private final Desk desk = new Desk("America/Sao_Paulo");

    // The reference rule.

    @ParameterizedTest
    @CsvSource({
        "08:59:59.999, EARLY",
        "09:00:00, ON_TIME",
        "09:15:00, ON_TIME",
        "09:15:00.001, LATE",
        "17:00:00, LATE",
        "17:00:00.001, OVERTIME",
    })
    void withoutARosterTheFirstPunchIsCalledByTheDefaultShift(String time, Status status) {
        desk.punch("2026-03-02T" + time);
        assertThat(desk.day("2026-03-02").stamps().getFirst().status()).isEqualTo(status);
        assertThat(desk.day("2026-03-02").remarks().contains(Remark.LATE)).isEqualTo(status == Status.LATE);
    }

    @Test
    void aDayOfTheDefaultShift() {
        desk.punch("2026-03-02T08:40:00");
        desk.punch("2026-03-02T12:00:00");
        desk.punch("2026-03-02T13:00:00");
        desk.punch("2026-03-02T17:30:30");
        Workday day = desk.day("2026-03-02");
        assertThat(day.stamps())
                .extracting(Stamp::direction)
                .containsExactly(Direction.IN, Direction.OUT, Direction.IN, Direction.OUT);
        assertThat(day.stamps())
                .extracting(Stamp::status)
                .containsExactly(Status.EARLY, Status.LEFT_EARLY, Status.ON_TIME, Status.OVERTIME);
        assertThat(day.remarks()).isEmpty();
        assertThat(day.hours().uncounted()).isEqualTo(20 * 60);
        assertThat(day.hours().regular()).isEqualTo(7 * HOUR);
        assertThat(day.hours().overtime()).containsOnly(Map.entry(50, 30 * 60L + 30));
        assertThat(day.hours().present()).isEqualTo(7 * HOUR + 50 * 60 + 30);
    }

    @Test
    void nobodyWithoutARosterIsAbsent() {
        assertThat(desk.day("2026-03-02").remarks()).isEmpty();
        assertThat(desk.day("2026-03-02").hours()).isEqualTo(Hours.NONE);
    }

    @Test
    void whoIsExpectedAndDoesNotComeIsAbsent() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        Workday day = desk.day("2026-03-02");
        assertThat(day.remarks()).containsExactly(Remark.ABSENT);
        assertThat(day.hours().missing()).isEqualTo(8 * HOUR);
        // At noon of the same day nobody can know yet.
        Timesheet atNoon = desk.sheet("2026-03-02", "2026-03-02", desk.moment("2026-03-02T12:00:00"));
        assertThat(atNoon.days().getFirst().remarks()).isEmpty();
    }

    // Pairs.

    @Test
    void aMissingPunchIsFlaggedAndNotGuessed() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.punch("2026-03-02T09:00:00");
        desk.punch("2026-03-02T12:00:00");
        desk.punch("2026-03-02T13:00:00");
        Workday day = desk.day("2026-03-02");
        assertThat(day.remarks()).containsExactlyInAnyOrder(Remark.MISSING_OUT);
        assertThat(day.hours().present()).isEqualTo(3 * HOUR);
        assertThat(day.hours().missing()).isEqualTo(5 * HOUR);
        Workday then = desk.sheet("2026-03-02", "2026-03-02", desk.moment("2026-03-02T14:00:00"))
                .days()
                .getFirst();
        assertThat(then.remarks()).containsExactly(Remark.PRESENT);
    }

    @Test
    void saidDirectionsAreBelieved() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.out("2026-03-02T12:00:00");
        desk.in("2026-03-02T13:00:00");
        desk.in("2026-03-02T14:00:00");
        desk.out("2026-03-02T17:00:00");
        Workday day = desk.day("2026-03-02");
        assertThat(day.remarks()).containsExactlyInAnyOrder(Remark.MISSING_IN, Remark.MISSING_OUT, Remark.LATE);
        assertThat(day.hours().present()).isEqualTo(3 * HOUR);
    }

    @Test
    void twoPunchesInOneSecondAreOneUnlessTheySayOtherwise() {
        desk.punch("2026-03-02T09:00:00.100");
        desk.punch("2026-03-02T09:00:00.900");
        assertThat(desk.day("2026-03-02").stamps()).hasSize(1);
        desk.punches.clear();
        desk.in("2026-03-02T09:00:00.100");
        desk.out("2026-03-02T09:00:00.900");
        assertThat(desk.day("2026-03-02").stamps()).hasSize(2);
        assertThat(desk.day("2026-03-02").hours().present()).isZero();
    }

    @Test
    void theRepeatIntervalEndsBeforeItsLastMoment() {
        desk.punch("2026-03-02T09:00:00");
        desk.punch("2026-03-02T09:00:59.999");
        assertThat(desk.day("2026-03-02").stamps()).hasSize(1);
        desk.punch("2026-03-02T09:01:00");
        assertThat(desk.day("2026-03-02").stamps()).hasSize(2);
    }

    // Nights, clocks, calendars.

    @Test
    void aPunchBelongsToTheShiftAndNotToTheCalendarDay() {
        desk.everyDay(desk.shift("22:00", "06:00"));
        desk.punch("2026-03-02T21:50:00");
        desk.punch("2026-03-03T06:05:00");
        desk.punch("2026-03-03T22:20:00");
        desk.punch("2026-03-04T06:00:00");
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-03");
        assertThat(sheet.days().get(0).stamps())
                .extracting(Stamp::status)
                .containsExactly(Status.EARLY, Status.OVERTIME);
        assertThat(sheet.days().get(1).stamps()).extracting(Stamp::status).containsExactly(Status.LATE, Status.ON_TIME);
        assertThat(sheet.total().regular()).isEqualTo(8 * HOUR + 7 * HOUR + 40 * 60);
        // 22:00 to 05:00, and 22:20 to 05:00.
        assertThat(sheet.total().night()).isEqualTo(7 * HOUR + 6 * HOUR + 40 * 60);
    }

    /** The window opens two hours before the start and closes four after the end; a punch outside of it is no pair with one inside. */
    @ParameterizedTest
    @CsvSource({
        "06:59:59.999, 17:00:00,     false",
        "07:00:00,     17:00:00,     true",
        "09:00:00,     20:59:59.999, true",
        "09:00:00,     21:00:00,     false",
    })
    void thePunchesOfAShiftAreThoseWithinItsWindow(String in, String out, boolean pair) {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.in("2026-03-02T" + in);
        desk.out("2026-03-02T" + out);
        Workday day = desk.day("2026-03-02");
        assertThat(day.stamps()).hasSize(2);
        assertThat(day.remarks().contains(Remark.MISSING_IN) || day.remarks().contains(Remark.MISSING_OUT))
                .isNotEqualTo(pair);
    }

    /** Of a shift to 07:00 and the next from 08:00. */
    @Test
    void windowsThatOverlapMeetInTheMiddle() {
        desk.everyDay(desk.shift("08:00", "07:00"));
        desk.in("2026-03-02T08:00:00");
        desk.out("2026-03-03T07:29:59.999");
        desk.in("2026-03-03T07:30:00");
        assertThat(desk.day("2026-03-02").stamps()).hasSize(2);
        assertThat(desk.day("2026-03-03").stamps()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-28, 7, 6", "2026-10-24, 9, 8", "2026-03-02, 8, 7"})
    void aNightInWhichTheClockChangesHasTheHoursItHad(String day, long hours, long night) {
        Desk berlin = new Desk("Europe/Berlin");
        berlin.everyDay(berlin.shift("22:00", "06:00"));
        berlin.rules(
                "2020-01-01",
                new Rules(false, null, null, 50, null, 100, 100, LocalTime.of(22, 0), LocalTime.of(5, 0), 20, false));
        LocalDate date = LocalDate.parse(day);
        berlin.punch(day + "T22:00:00");
        berlin.punch(date.plusDays(1) + "T06:00:00");
        Workday workday = berlin.day(day);
        assertThat(workday.hours().regular()).isEqualTo(hours * HOUR);
        assertThat(workday.hours().scheduled()).isEqualTo(hours * HOUR);
        assertThat(workday.hours().missing()).isZero();
        assertThat(workday.hours().night()).isEqualTo(night * HOUR);
    }

    @Test
    void theLeapDayIsADay() {
        desk.everyDay(desk.shift("19:00", "07:00"));
        desk.punch("2028-02-28T19:00:00");
        desk.punch("2028-02-29T07:00:00");
        desk.punch("2028-02-29T19:00:00");
        desk.punch("2028-03-01T07:00:00");
        Timesheet sheet = desk.sheet("2028-02-28", "2028-03-01");
        assertThat(sheet.days()).hasSize(3);
        assertThat(sheet.days().get(1).day()).isEqualTo("2028-02-29");
        assertThat(sheet.days().get(1).hours().present()).isEqualTo(12 * HOUR);
    }

    @Test
    void twelveByThirtySix() {
        Shift twelve = desk.shift("07:00", "19:00");
        desk.cycle("2026-03-02", false, List.of(List.of(twelve), List.of()));
        desk.holiday("2026-03-04");
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-05");
        assertThat(sheet.days())
                .extracting(day -> day.plan().kind())
                .containsExactly(DayPlan.Kind.WORK, DayPlan.Kind.REST, DayPlan.Kind.WORK, DayPlan.Kind.REST);
        assertThat(sheet.total().scheduled()).isEqualTo(24 * HOUR);
    }

    @Test
    void aRotationGoesOnBeforeAndAfterItsAnchor() {
        Shift morning = desk.shift("06:00", "14:00");
        Shift evening = desk.shift("14:00", "22:00");
        desk.cycle("2026-03-02", true, List.of(List.of(morning), List.of(evening), List.of()));
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-07");
        assertThat(sheet.days())
                .extracting(day ->
                        day.plan().shifts().stream().map(s -> s.shift().name()).toList())
                .containsExactly(
                        List.of("06:00–14:00"),
                        List.of("14:00–22:00"),
                        List.of(),
                        List.of("06:00–14:00"),
                        List.of("14:00–22:00"),
                        List.of());
    }

    @Test
    void aSplitShiftIsOneDay() {
        desk.everyDay(desk.shift("08:00", "12:00"), desk.shift("16:00", "20:00"));
        desk.punch("2026-03-02T08:00:00");
        desk.punch("2026-03-02T12:30:00");
        desk.punch("2026-03-02T16:20:00");
        desk.punch("2026-03-02T19:50:00");
        Workday day = desk.day("2026-03-02");
        assertThat(day.stamps())
                .extracting(Stamp::status)
                .containsExactly(Status.ON_TIME, Status.OVERTIME, Status.LATE, Status.LEFT_EARLY);
        assertThat(day.remarks()).containsExactlyInAnyOrder(Remark.LATE, Remark.LEFT_EARLY);
        assertThat(day.hours().regular()).isEqualTo(7 * HOUR + 30 * 60);
        assertThat(day.hours().overtime()).containsOnly(Map.entry(50, 30 * 60L));
    }

    @Test
    void onCallNobodyIsExpectedAndWorkIsOvertime() {
        Shift onCall = desk.add(new Shift(
                desk.id(),
                "on call",
                LocalTime.of(18, 0),
                LocalTime.of(6, 0),
                Duration.ZERO,
                Duration.ofHours(2),
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                Duration.ZERO,
                true));
        desk.everyDay(onCall);
        desk.punch("2026-03-02T23:00:00");
        desk.punch("2026-03-03T00:30:00");
        Timesheet sheet = desk.sheet("2026-03-01", "2026-03-02");
        assertThat(sheet.days().get(0).remarks()).isEmpty();
        assertThat(sheet.days().get(1).stamps())
                .extracting(Stamp::status)
                .containsExactly(Status.ON_TIME, Status.ON_TIME);
        assertThat(sheet.total().overtime()).containsOnly(Map.entry(50, 90 * 60L));
        assertThat(sheet.total().scheduled()).isZero();
    }

    @Test
    void unpaidBreaksAreTakenOutWhetherPunchedOrNot() {
        desk.everyDay(desk.shift("08:00", "17:00", new UnpaidBreak(LocalTime.NOON, LocalTime.of(13, 0))));
        desk.punch("2026-03-02T08:00:00");
        desk.punch("2026-03-02T17:00:00");
        desk.punch("2026-03-03T08:00:00");
        desk.punch("2026-03-03T12:10:00");
        desk.punch("2026-03-03T12:50:00");
        desk.punch("2026-03-03T17:00:00");
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-03");
        assertThat(sheet.days()).extracting(day -> day.hours().regular()).containsExactly(8 * HOUR, 8 * HOUR);
        assertThat(sheet.days()).extracting(day -> day.hours().uncounted()).containsExactly(HOUR, 20 * 60L);
    }

    @Test
    void hoursAreCountedFromRoundedPunches() {
        Shift rounded = desk.add(new Shift(
                desk.id(),
                "quarters",
                LocalTime.of(9, 0),
                LocalTime.of(17, 0),
                Duration.ofHours(2),
                Duration.ofHours(2),
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                Duration.ofMinutes(15),
                false));
        desk.everyDay(rounded);
        desk.punch("2026-03-02T09:07:29");
        desk.punch("2026-03-02T17:07:30");
        Workday day = desk.day("2026-03-02");
        assertThat(day.stamps().getFirst().status()).isEqualTo(Status.LATE);
        assertThat(day.hours().regular()).isEqualTo(8 * HOUR);
        assertThat(day.hours().overtimeSeconds()).isEqualTo(15 * 60);
    }

    @Test
    void holidaysRestDaysAndLeaveArePaidOnTop() {
        Shift day = desk.shift("09:00", "17:00");
        desk.cycle("2026-03-02", true, List.of(List.of(day), List.of(day), List.of(day), List.of()));
        desk.holiday("2026-03-03");
        desk.leave("2026-03-04", "2026-03-04");
        for (String date : List.of("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05")) {
            desk.punch(date + "T09:00:00");
            desk.punch(date + "T10:00:00");
        }
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-05");
        assertThat(sheet.days())
                .extracting(Workday::remarks)
                .containsExactly(
                        Set.of(Remark.LEFT_EARLY),
                        Set.of(Remark.WORKED_ON_HOLIDAY),
                        Set.of(Remark.WORKED_ON_LEAVE),
                        Set.of(Remark.WORKED_ON_REST_DAY));
        assertThat(sheet.total().regular()).isEqualTo(HOUR);
        assertThat(sheet.total().overtime()).containsOnly(Map.entry(100, 3 * HOUR));
        assertThat(sheet.total().scheduled()).isEqualTo(8 * HOUR);
    }

    @Test
    void unscheduledWorkOverMidnightIsOfTheDayItBeganOn() {
        desk.cycle("2026-03-02", true, List.of(List.of()));
        desk.punch("2026-03-02T23:00:00");
        desk.punch("2026-03-03T01:00:00");
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-03");
        assertThat(sheet.days()).extracting(day -> day.hours().present()).containsExactly(2 * HOUR, 0L);
    }

    // Overtime.

    @Test
    void overtimeBeyondTwoHoursIsPaidTwice() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.punch("2026-03-02T09:00:00");
        desk.punch("2026-03-02T20:00:00");
        assertThat(desk.day("2026-03-02").hours().overtime())
                .containsOnly(Map.entry(50, 2 * HOUR), Map.entry(100, HOUR));
    }

    /** Without a rule the whole shift of twelve hours would be regular: the threshold of the day is what makes four of them overtime. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"PT8H, 8, 4", "PT10H, 10, 2", "none, 12, 0"})
    void aDayBeyondItsThresholdIsOvertimeThoughItWasPlanned(Duration daily, long regular, long overtime) {
        desk.everyDay(desk.shift("07:00", "19:00"));
        desk.rules(
                "2026-01-01",
                new Rules(
                        false,
                        daily,
                        null,
                        50,
                        Duration.ofHours(2),
                        100,
                        100,
                        LocalTime.of(22, 0),
                        LocalTime.of(5, 0),
                        20,
                        false));
        desk.punch("2026-03-02T07:00:00");
        desk.punch("2026-03-02T19:00:00");
        Hours hours = desk.day("2026-03-02").hours();
        assertThat(hours.regular()).isEqualTo(regular * HOUR);
        assertThat(hours.overtimeSeconds()).isEqualTo(overtime * HOUR);
        assertThat(hours.overtime().getOrDefault(50, 0L)).isEqualTo(Math.min(2, overtime) * HOUR);
        assertThat(hours.overtime().getOrDefault(100, 0L)).isEqualTo(Math.max(0, overtime - 2) * HOUR);
    }

    @Test
    void aWeekBeyondItsThresholdIsOvertimeAtItsEndWhereverThePeriodBegins() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        LocalDate monday = LocalDate.of(2026, 3, 2);
        for (int i = 0; i < 7; i++) {
            desk.punch(monday.plusDays(i) + "T09:00:00");
            desk.punch(monday.plusDays(i) + "T17:00:00");
        }
        Timesheet week = desk.sheet("2026-03-02", "2026-03-08");
        assertThat(week.total().regular()).isEqualTo(44 * HOUR);
        assertThat(week.days())
                .extracting(day -> day.hours().overtimeSeconds())
                .containsExactly(0L, 0L, 0L, 0L, 0L, 4 * HOUR, 8 * HOUR);
        // Saturday alone is what it was in its week.
        assertThat(desk.day("2026-03-07")).isEqualTo(week.days().get(5));
    }

    @Test
    void overtimeThatNeedsApprovalCountsAsFarAsItIsApproved() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.rules(
                "2026-01-01",
                new Rules(false, null, null, 50, null, 100, 100, LocalTime.of(22, 0), LocalTime.of(5, 0), 20, true));
        desk.punch("2026-03-02T09:00:00");
        desk.punch("2026-03-02T19:00:00");
        Hours before = desk.day("2026-03-02").hours();
        assertThat(before.unapproved()).isEqualTo(2 * HOUR);
        assertThat(desk.day("2026-03-02").remarks()).contains(Remark.OVERTIME_NOT_APPROVED);
        desk.overtime.add(new OvertimeApproval(
                desk.id(),
                desk.subject,
                LocalDate.parse("2026-03-02"),
                HOUR,
                desk.manager,
                Instant.parse("2026-03-03T12:00:00Z")));
        Hours after = desk.day("2026-03-02").hours();
        assertThat(after.unapproved()).isEqualTo(HOUR);
        assertThat(after.overtime()).containsOnly(Map.entry(50, HOUR));
    }

    @Test
    void aPastDayIsCountedByTheRulesOfItsTime() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.rules(
                "2026-03-03",
                new Rules(true, null, null, 70, null, 100, 100, LocalTime.of(22, 0), LocalTime.of(5, 0), 20, false));
        for (String date : List.of("2026-03-02", "2026-03-03")) {
            desk.punch(date + "T08:00:00");
            desk.punch(date + "T18:00:00");
        }
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-03");
        assertThat(sheet.days()).extracting(Workday::rules).containsExactly(0, 1);
        assertThat(sheet.days().get(0).hours().overtime()).containsOnly(Map.entry(50, HOUR));
        assertThat(sheet.days().get(1).hours().overtime()).containsOnly(Map.entry(70, 2 * HOUR));
    }

    // Late delivery, wrong clocks, corrections.

    @Test
    void aQueuedEventCountsWhenItWasTaken() {
        Instant taken = desk.moment("2026-03-02T09:00:00");
        desk.received(taken, taken.plus(Duration.ofHours(30)), null);
        desk.punch("2026-03-02T17:00:00");
        Workday day = desk.day("2026-03-02");
        assertThat(day.hours().regular()).isEqualTo(8 * HOUR);
        assertThat(day.remarks()).containsExactly(Remark.DELIVERED_LATE);
    }

    @Test
    void aKioskThatIsAheadIsFlaggedAndTheReceiptCounts() {
        Instant now = desk.moment("2026-03-02T09:10:00");
        desk.received(now.plus(Duration.ofHours(3)), now, null);
        Workday day = desk.day("2026-03-02");
        assertThat(day.stamps().getFirst().status()).isEqualTo(Status.ON_TIME);
        assertThat(day.remarks()).contains(Remark.CLOCK_WRONG);
    }

    @Test
    void aCorrectionAfterTheApprovalShowsAndDoesNotChangeIt() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.punch("2026-03-02T09:00:00");
        Punch wrong = desk.punch("2026-03-02T13:00:00");
        Instant approved = desk.moment("2026-03-10T10:00:00");
        Timesheet closed = desk.sheet("2026-03-02", "2026-03-02", approved);

        Instant corrected = approved.plus(Duration.ofHours(1));
        desk.voided(wrong, corrected);
        desk.manual("2026-03-02T17:00:00", Direction.OUT, corrected);

        assertThat(desk.sheet("2026-03-02", "2026-03-02", approved)).isEqualTo(closed);
        Timesheet now = desk.sheet("2026-03-02", "2026-03-02");
        assertThat(now.total().regular()).isEqualTo(8 * HOUR);
        assertThat(now.days().getFirst().remarks()).containsExactly(Remark.CORRECTED);
        assertThat(now.differencesFrom(closed))
                .extracting(Timesheet.Difference::what)
                .containsExactly("punches", "remarks", "hours");
        assertThat(now.differencesFrom(now)).isEmpty();
    }

    /** A rule that reaches back changes what would be paid today, and not what was approved; the difference says which version it is. */
    @Test
    void rulesThatReachBackShowAndDoNotChangeWhatWasApproved() {
        desk.everyDay(desk.shift("09:00", "17:00"));
        desk.punch("2026-03-02T09:00:00");
        desk.punch("2026-03-02T19:00:00");
        Instant approved = desk.moment("2026-03-10T10:00:00");
        Timesheet closed = desk.sheet("2026-03-02", "2026-03-02", approved);

        Rules dearer =
                new Rules(false, null, null, 75, null, 100, 100, LocalTime.of(22, 0), LocalTime.of(5, 0), 20, false);
        desk.rules.add(new RuleVersion(1, LocalDate.of(2026, 3, 1), null, dearer, approved.plus(Duration.ofHours(1))));

        assertThat(desk.sheet("2026-03-02", "2026-03-02", approved)).isEqualTo(closed);
        assertThat(closed.total().overtime()).containsOnly(Map.entry(50, 2 * HOUR));
        Timesheet now = desk.sheet("2026-03-02", "2026-03-02");
        assertThat(now.total().overtime()).containsOnly(Map.entry(75, 2 * HOUR));
        assertThat(now.differencesFrom(closed))
                .extracting(Timesheet.Difference::what, Timesheet.Difference::before, Timesheet.Difference::after)
                .contains(tuple("rules", "0", "1"));
    }

    /** Manaus is an hour behind São Paulo: nine o'clock is nine o'clock on the wall of either. */
    @Test
    void aRosterElsewhereFollowsTheClockThere() {
        Shift shift = desk.shift("09:00", "17:00");
        desk.everyDay(shift);
        ZoneId manaus = ZoneId.of("America/Manaus");
        Roster there = new Roster(
                desk.id(), "there", manaus, LocalDate.of(2026, 3, 3), List.of(List.of(shift.id()), List.of()), true);
        desk.rosters.add(there);
        desk.assignments.add(new Assignment(
                desk.id(),
                desk.subject,
                there.id(),
                LocalDate.of(2026, 3, 3),
                desk.manager,
                Instant.parse("2026-03-01T00:00:00Z")));
        desk.punch("2026-03-02T09:00:00");
        desk.punch("2026-03-02T17:00:00");
        desk.punch(LocalDateTime.parse("2026-03-03T09:00:00").atZone(manaus).toInstant(), null);
        desk.punch(LocalDateTime.parse("2026-03-03T17:00:00").atZone(manaus).toInstant(), null);
        // On the rest day after: 23:30 to 00:30 there is after midnight in São Paulo, and of the day it began on there.
        desk.punch(LocalDateTime.parse("2026-03-04T23:30:00").atZone(manaus).toInstant(), null);
        desk.punch(LocalDateTime.parse("2026-03-05T00:30:00").atZone(manaus).toInstant(), null);
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-04");
        assertThat(sheet.days().subList(0, 2)).allSatisfy(day -> {
            assertThat(day.stamps()).extracting(Stamp::status).containsExactly(Status.ON_TIME, Status.ON_TIME);
            assertThat(day.hours().regular()).isEqualTo(8 * HOUR);
            assertThat(day.remarks()).isEmpty();
        });
        assertThat(sheet.days().get(2).hours().present()).isEqualTo(HOUR);
    }

    @Test
    void theLatestAssignmentHoldsFromItsDayOn() {
        Shift early = desk.shift("06:00", "14:00");
        Shift late = desk.shift("14:00", "22:00");
        desk.cycle("2026-01-01", true, List.of(List.of(early)));
        desk.cycle("2026-03-03", true, List.of(List.of(late)));
        desk.assignments.add(new Assignment(
                UUID.randomUUID(),
                desk.subject,
                null,
                LocalDate.of(2026, 3, 4),
                desk.manager,
                Instant.parse("2026-03-01T00:00:00Z")));
        Timesheet sheet = desk.sheet("2026-03-02", "2026-03-04");
        assertThat(sheet.days())
                .extracting(day -> day.plan().shifts().getFirst().shift().name())
                .containsExactly("06:00–14:00", "14:00–22:00", "Default");
    }
}
