package org.vultus.attendance.brazil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Voiding;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Planning;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.UnpaidBreak;
import org.vultus.attendance.timesheet.PersonRecord;
import org.vultus.attendance.timesheet.SiteRecord;
import org.vultus.attendance.timesheet.TimesheetCalculation;

class AejTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final Instant LATER = Instant.parse("2026-04-01T00:00:00Z");
    private static final UUID ANA = new UUID(0, 1);
    private static final UUID ICU = new UUID(0, 2);
    private static final UUID BOSS = new UUID(0, 3);
    private static final UUID DOOR = new UUID(0, 4);
    private static final Shift SHIFT =
            shift("day", "08:00", "17:00", new UnpaidBreak(LocalTime.NOON, LocalTime.of(13, 0)));

    private static Shift shift(String name, String start, String end, UnpaidBreak... breaks) {
        return new Shift(
                UUID.randomUUID(),
                name,
                LocalTime.parse(start),
                LocalTime.parse(end),
                Duration.ofHours(2),
                Duration.ofHours(2),
                Duration.ofMinutes(10),
                Duration.ZERO,
                List.of(breaks),
                Duration.ZERO,
                false);
    }

    private static Punch punch(int number, String at) {
        Instant moment = Instant.parse(at);
        return new Punch(
                new UUID(1, number), (long) number, ANA, ICU, moment, moment, DOOR, Method.FACE, null, null, null);
    }

    @Test
    void tellsEveryMarkAndWhatWasMadeOfIt() {
        Punch in = punch(1, "2026-03-02T11:01:00Z");
        Punch again = punch(2, "2026-03-02T11:01:30Z");
        Punch wrong = punch(3, "2026-03-02T14:00:00Z");
        Punch out = new Punch(
                new UUID(1, 4),
                null,
                ANA,
                ICU,
                Instant.parse("2026-03-02T20:00:00Z"),
                LATER.minusSeconds(9),
                null,
                Method.MANUAL,
                Direction.OUT,
                BOSS,
                "Esqueceu | de bater");
        List<Punch> punches = List.of(in, again, wrong, out);
        Voiding voiding =
                new Voiding(UUID.randomUUID(), wrong.eventId(), ANA, BOSS, "não foi ela", LATER.minusSeconds(8));
        Roster roster = new Roster(
                UUID.randomUUID(), "week", ZONE, MONDAY, List.of(List.of(SHIFT.id()), List.of(SHIFT.id())), true);
        PersonRecord record = new PersonRecord(
                ANA,
                ICU,
                punches,
                List.of(voiding),
                List.of(new Assignment(UUID.randomUUID(), ANA, roster.id(), MONDAY, BOSS, Instant.EPOCH)),
                List.of(),
                List.of());
        SiteRecord site = new SiteRecord(
                new Planning(ZONE, List.of(SHIFT), List.of(roster), List.of()), List.of(), Duration.ofMinutes(1));
        LocalDate to = MONDAY.plusDays(1);
        Aej.Person ana = new Aej.Person(
                new Cpf("52998224725"),
                "Ana Conceição",
                TimesheetCalculation.of(site, record, MONDAY, to, LATER),
                punches,
                List.of(voiding));

        byte[] file = Aej.file(AfdTest.EMPLOYER, AfdTest.NOBODY, MONDAY, to, LATER, List.of(ana));

        List<String> lines =
                new ArrayList<>(Arrays.asList(new String(file, StandardCharsets.ISO_8859_1).split("\r\n", -1)));
        assertThat(lines.removeLast()).isEmpty();
        assertThat(lines.removeLast()).hasSize(100).startsWith("ASSINATURA_DIGITAL_EM_ARQUIVO_P7S");
        assertThat(lines)
                .containsExactly(
                        "01|1|11222333000181|12345678901234||Hospital São João   Ltda|2026-03-02|2026-03-03"
                                + "|2026-03-31T21:00:00-0300|001",
                        "02|1|3|00000000000000000",
                        "03|1|52998224725|Ana Conceição",
                        "04|H1|480|0800|1200|1300|1700",
                        "05|1|2026-03-02T08:01:00-0300|1|E|001|O|H1|",
                        "05|1|2026-03-02T08:01:00-0300|1|D|000|O||Repete a anterior ou é de outro dia",
                        "05|1|2026-03-02T11:00:00-0300|1|D|000|O||não foi ela",
                        "05|1|2026-03-02T17:00:00-0300||S|001|I||Esqueceu   de bater",
                        "07|1|2|2026-03-03||",
                        "08|Vultus|0.1.0|1|00000000000000|Vultus|",
                        "99|1|1|1|1|4|0|1|1");
    }

    @Test
    void anHourOfNightIsShorter() {
        assertThat(Aej.minutes(SHIFT)).isEqualTo(480);
        // 7 hours of night count as 8, and the hour from five to six as one.
        assertThat(Aej.minutes(shift("night", "22:00", "06:00"))).isEqualTo(540);
        assertThat(Aej.minutes(
                        shift("12x36", "19:00", "07:00", new UnpaidBreak(LocalTime.MIDNIGHT, LocalTime.of(1, 0)))))
                .isEqualTo(300 + 411);
        assertThat(Aej.minutes(shift("around", "07:00", "07:00"))).isEqualTo(17 * 60 + 480);
    }
}
