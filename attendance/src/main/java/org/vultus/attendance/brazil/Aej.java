package org.vultus.attendance.brazil;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Voiding;
import org.vultus.attendance.shift.ScheduledShift;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.UnpaidBreak;
import org.vultus.attendance.timesheet.Remark;
import org.vultus.attendance.timesheet.Session;
import org.vultus.attendance.timesheet.Stamp;
import org.vultus.attendance.timesheet.Timesheet;
import org.vultus.attendance.timesheet.Workday;

/**
 * The Arquivo Eletrônico de Jornada, in version 001 of the layout that the Ministério do Trabalho e Emprego published for Art. 83 of
 * Portaria MTP 671/2021 (Anexo VI). Of the absences it tells days missed without leave; weekly rest and banks of hours are payroll's.
 */
public final class Aej {
    private static final String VERSION = "001";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmm");
    private static final int MORNING = 5 * 60;
    private static final int NIGHT = 22 * 60;
    private static final int DAY = 24 * 60;

    private final List<List<String>> lines = new ArrayList<>();
    private final Map<UUID, String> shifts = new LinkedHashMap<>();

    private Aej() {}

    /**
     * A person's part.
     *
     * @param punches all that were taken around the days, also those that do not count
     */
    public record Person(Cpf cpf, String name, Timesheet timesheet, List<Punch> punches, List<Voiding> voidings) {}

    /** The name of the file; the layout gives none. */
    public static String name(Employer employer, LocalDate from, LocalDate to) {
        return "AEJ" + employer.number() + "_" + from + "_" + to + ".txt";
    }

    /**
     * The whole file, in ISO 8859-1.
     *
     * @param to inclusive
     */
    public static byte[] file(
            Employer employer, Developer developer, LocalDate from, LocalDate to, Instant made, List<Person> people) {
        Aej aej = new Aej();
        String registration = Optional.ofNullable(employer.registration()).orElse("");
        aej.add(
                "01",
                employer.kind().code(),
                employer.number(),
                registration.length() == 14 ? registration : "",
                registration.length() == 12 ? registration : "",
                Layout.clean(employer.name()),
                from.toString(),
                to.toString(),
                Layout.moment(made, employer.zone()),
                VERSION);
        aej.add("02", "1", "3", Layout.number(developer.inpi(), 17));
        for (int i = 0; i < people.size(); i++) {
            aej.person(i + 1, people.get(i), employer);
        }
        aej.add(
                "08",
                "Vultus",
                cut(developer.version(), 8),
                developer.kind().code(),
                developer.number().isEmpty() ? Layout.number("", 14) : developer.number(),
                cut(developer.name(), 150),
                cut(developer.email(), 50));
        return aej.write();
    }

    private void add(String... fields) {
        lines.add(List.of(fields));
    }

    private static String cut(String text, int length) {
        String clean = Layout.clean(text);
        return clean.substring(0, Math.min(length, clean.length()));
    }

    private void person(int number, Person person, Employer employer) {
        String id = Integer.toString(number);
        add("03", id, person.cpf().digits(), cut(person.name(), 150));
        Map<UUID, String> reasons = person.voidings().stream()
                .collect(Collectors.toMap(Voiding::punch, Voiding::reason, (first, second) -> first));
        Set<UUID> counted = person.timesheet().days().stream()
                .flatMap(day -> day.stamps().stream())
                .map(stamp -> stamp.punch().eventId())
                .collect(Collectors.toSet());
        List<Mark> marks = new ArrayList<>();
        for (Workday day : person.timesheet().days()) {
            int pair = 0;
            for (Session session : day.sessions()) {
                pair++;
                for (Stamp stamp : Stream.of(Optional.ofNullable(session.in()), Optional.ofNullable(session.out()))
                        .flatMap(Optional::stream)
                        .toList()) {
                    boolean in = stamp.equals(session.in());
                    marks.add(new Mark(
                            stamp.punch(),
                            in ? "E" : "S",
                            pair,
                            in && pair == 1 ? shift(day) : "",
                            Optional.ofNullable(stamp.punch().reason()).orElse("")));
                }
            }
            if (day.remarks().contains(Remark.ABSENT)) {
                add("07", id, "2", day.day().toString(), "", "");
            }
        }
        LocalDate from = person.timesheet().from();
        LocalDate to = person.timesheet().to();
        for (Punch punch : person.punches()) {
            LocalDate day = LocalDate.ofInstant(punch.at(), employer.zone());
            if (!counted.contains(punch.eventId()) && !day.isBefore(from) && !day.isAfter(to)) {
                marks.add(new Mark(
                        punch,
                        "D",
                        0,
                        "",
                        reasons.getOrDefault(punch.eventId(), "Repete a anterior ou é de outro dia")));
            }
        }
        marks.sort(Comparator.comparing(Mark::punch, Punch.IN_ORDER));
        for (Mark mark : marks) {
            boolean original = mark.punch.method() != Method.MANUAL;
            add(
                    "05",
                    id,
                    Layout.moment(mark.punch.at(), employer.zone()),
                    original ? "1" : "",
                    mark.type,
                    Layout.number(mark.pair, 3),
                    original ? "O" : "I",
                    mark.shift,
                    cut(mark.reason, 150));
        }
    }

    private record Mark(Punch punch, String type, int pair, String shift, String reason) {}

    /** The code of the day's first shift; each is told once. */
    private String shift(Workday day) {
        List<ScheduledShift> planned = day.plan().shifts();
        if (planned.isEmpty()) {
            return "";
        }
        Shift shift = planned.getFirst().shift();
        String known = shifts.get(shift.id());
        if (known != null) {
            return known;
        }
        String code = "H" + (shifts.size() + 1);
        shifts.put(shift.id(), code);
        List<String> fields =
                new ArrayList<>(List.of("04", code, Integer.toString(minutes(shift)), time(shift.start())));
        for (UnpaidBreak pause : shift.unpaidBreaks()) {
            fields.add(time(pause.start()));
            fields.add(time(pause.end()));
        }
        fields.add(time(shift.end()));
        lines.add(fields);
        return code;
    }

    private static String time(LocalTime at) {
        return TIME.format(at);
    }

    /** Paid minutes, an hour of night of 52½ minutes (CLT Art. 73 § 1), as the layout wants. */
    static int minutes(Shift shift) {
        int start = shift.start().toSecondOfDay() / 60;
        int length = Math.floorMod(shift.end().toSecondOfDay() / 60 - start, DAY);
        boolean[] paid = new boolean[length == 0 ? DAY : length];
        Arrays.fill(paid, true);
        for (UnpaidBreak pause : shift.unpaidBreaks()) {
            int from = Math.floorMod(pause.start().toSecondOfDay() / 60 - start, DAY);
            int to = Math.floorMod(pause.end().toSecondOfDay() / 60 - start, DAY);
            Arrays.fill(paid, from, Math.min(paid.length, to < from ? to + DAY : to), false);
        }
        int day = 0;
        int night = 0;
        for (int i = 0; i < paid.length; i++) {
            int minute = (start + i) % DAY;
            if (paid[i] && (minute < MORNING || minute >= NIGHT)) {
                night++;
            } else if (paid[i]) {
                day++;
            }
        }
        return day + Math.round(night * 60 / 52.5f);
    }

    private byte[] write() {
        StringBuilder file = new StringBuilder();
        StringBuilder trailer = new StringBuilder("99");
        for (int type = 1; type <= 8; type++) {
            String name = "0" + type;
            List<List<String>> of =
                    lines.stream().filter(line -> line.getFirst().equals(name)).toList();
            of.forEach(line -> file.append(String.join("|", line)).append(Layout.END));
            trailer.append('|').append(of.size());
        }
        return file.append(trailer)
                .append(Layout.END)
                .append(Layout.signatureLine())
                .toString()
                .getBytes(Layout.CHARSET);
    }
}
