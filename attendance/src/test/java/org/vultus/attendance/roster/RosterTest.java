package org.vultus.attendance.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.vultus.attendance.shift.Shift;

class RosterTest {
    private static final Shift MORNING = shift("morning", 6, 12, false);
    private static final Shift AFTERNOON = shift("afternoon", 12, 18, false);
    private static final Shift NIGHT = shift("night", 19, 7, false);
    private static final Shift WHOLE_DAY = shift("whole day", 7, 7, false);
    private static final Shift ON_CALL = shift("on call", 0, 0, true);
    private static final Map<UUID, Shift> SHIFTS = Stream.of(MORNING, AFTERNOON, NIGHT, WHOLE_DAY, ON_CALL)
            .collect(Collectors.toMap(Shift::id, Function.identity()));

    @Test
    void aSplitShiftIsListedByItsStart() {
        assertThat(roster(List.of(AFTERNOON, MORNING), List.of())
                        .inOrder(SHIFTS)
                        .days())
                .containsExactly(List.of(MORNING.id(), AFTERNOON.id()), List.of());
    }

    @Test
    void twoAtOnceAreRefusedAndNamed() {
        assertThatThrownBy(
                        () -> roster(List.of(), List.of(WHOLE_DAY, AFTERNOON)).inOrder(SHIFTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "on day 2 of the roster the shift afternoon (12:00 to 18:00) begins before whole day (07:00 to 07:00)"
                                + " has ended");
    }

    @Test
    void acrossMidnightAndFromTheEndOfTheCycleToItsBeginning() {
        assertThatThrownBy(() -> roster(List.of(NIGHT), List.of(MORNING)).inOrder(SHIFTS))
                .hasMessageContaining("on day 2");
        assertThatThrownBy(() ->
                        roster(List.of(MORNING), List.of(), List.of(NIGHT)).inOrder(SHIFTS))
                .hasMessageContaining("on day 1");
        assertThatThrownBy(() -> roster(List.of(MORNING, NIGHT)).inOrder(SHIFTS))
                .hasMessageContaining("morning (06:00 to 12:00) begins before night (19:00 to 07:00)");
    }

    @Test
    void oneMayBeginAsTheOtherEndsAndWhoIsOnCallMayBeAtWork() {
        assertThat(roster(List.of(WHOLE_DAY), List.of(NIGHT), List.of(AFTERNOON, ON_CALL), List.of(WHOLE_DAY))
                        .inOrder(SHIFTS)
                        .days())
                .hasSize(4);
    }

    /** Against the minutes themselves, three cycles of them. */
    @Property(seed = "20261121")
    void refusesWhatExpectsSomebodyTwiceInAMinute(@ForAll("cycles") List<List<Shift>> days) {
        int[] expected = new int[3 * days.size() * 1440 + 2 * 1440];
        for (int day = 0; day < 3 * days.size(); day++) {
            for (Shift shift : days.get(day % days.size())) {
                int from = day * 1440 + shift.start().getHour() * 60;
                int hours = Math.floorMod(shift.end().getHour() - shift.start().getHour() - 1, 24) + 1;
                for (int minute = from; !shift.onCall() && minute < from + hours * 60; minute++) {
                    expected[minute]++;
                }
            }
        }
        boolean twice = Arrays.stream(expected).anyMatch(people -> people > 1);
        boolean refused;
        try {
            refused = roster(days).inOrder(SHIFTS).days().size() != days.size();
        } catch (IllegalArgumentException e) {
            refused = true;
        }
        assertThat(refused).isEqualTo(twice);
    }

    @Provide
    Arbitrary<List<List<Shift>>> cycles() {
        return Arbitraries.of(MORNING, AFTERNOON, NIGHT, WHOLE_DAY, ON_CALL)
                .list()
                .ofMaxSize(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @SafeVarargs
    private static Roster roster(List<Shift>... days) {
        return roster(List.of(days));
    }

    private static Roster roster(List<List<Shift>> days) {
        return new Roster(
                new UUID(0, 1),
                "roster",
                ZoneId.of("America/Sao_Paulo"),
                LocalDate.of(2026, 11, 2),
                days.stream().map(day -> day.stream().map(Shift::id).toList()).toList(),
                true);
    }

    private static Shift shift(String name, int from, int to, boolean onCall) {
        return new Shift(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                name,
                LocalTime.of(from, 0),
                LocalTime.of(to, 0),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                Duration.ZERO,
                onCall);
    }
}
