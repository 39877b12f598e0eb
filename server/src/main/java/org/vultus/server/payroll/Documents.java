package org.vultus.server.payroll;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.brazil.Afd;
import org.vultus.attendance.brazil.Cpf;
import org.vultus.attendance.brazil.Developer;
import org.vultus.attendance.brazil.Employer;
import org.vultus.attendance.brazil.Ledger;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.shift.ScheduledShift;
import org.vultus.attendance.timesheet.Hours;
import org.vultus.attendance.timesheet.Remark;
import org.vultus.attendance.timesheet.Stamp;
import org.vultus.attendance.timesheet.Workday;
import org.vultus.server.attendance.Sheets;

/** What people read on paper: the receipt of a punch, the mirror of a period, and the timesheets. */
final class Documents {
    /** Stands on everything of Portaria MTP 671/2021. */
    static final String NOT_CERTIFIED =
            "Programa não certificado nem registrado como REP-P; leiautes AFD 003 e AEJ 001 da Portaria MTP 671/2021";

    private static final Locale BRAZIL = Locale.of("pt", "BR");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm (xxx)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

    private Documents() {}

    /** What Art. 80 wants on a receipt, a fact a line. */
    static List<String> receipt(
            Punch punch, Ledger.Written mark, Subject person, Optional<Cpf> cpf, Developer developer) {
        Employer employer = mark.employer();
        List<String> facts = new ArrayList<>();
        facts.add("NSR: " + mark.record().substring(0, 9));
        facts.add("Empregador: " + employer.name());
        facts.add(employer.kind() + ": " + employer.written());
        if (employer.registration() != null) {
            facts.add("CNO/CAEPF: " + employer.registration());
        }
        facts.add("Local da prestação do serviço: " + employer.address());
        facts.add("Trabalhador: " + person.displayName());
        facts.add("CPF: " + cpf.map(Cpf::written).orElse("não informado"));
        facts.add("Data e hora da marcação: " + MOMENT.format(punch.at().atZone(employer.zone())));
        facts.add("Registro no INPI: " + (developer.inpi().isEmpty() ? "nenhum" : developer.inpi()));
        facts.add("Código hash (SHA-256) da marcação: " + Afd.hash(mark.record()));
        return facts;
    }

    static final String RECEIPT_TITLE = "Comprovante de Registro de Ponto do Trabalhador";

    static byte[] receiptPdf(List<String> facts, Optional<FileSigner> signer, Instant made) {
        try (PdfPages pages = new PdfPages(RECEIPT_TITLE, BRAZIL, false, NOT_CERTIFIED, made)) {
            pages.heading(RECEIPT_TITLE);
            facts.forEach(pages::line);
            pages.gap();
            pages.line(NOT_CERTIFIED + ".");
            return pages.finish(signer, made);
        }
    }

    static String receiptText(List<String> facts) {
        return RECEIPT_TITLE + "\n\n" + String.join("\n", facts) + "\n\n" + NOT_CERTIFIED + ".\n";
    }

    /** The Espelho de Ponto Eletrônico of Art. 84, without admission and function, which Vultus does not know. */
    static byte[] mirror(
            Sheets.Sheet sheet, Employer employer, Optional<Cpf> cpf, Optional<FileSigner> signer, Instant made) {
        String title = "Espelho de Ponto Eletrônico";
        LocalDate from = sheet.timesheet().from();
        LocalDate to = sheet.timesheet().to();
        try (PdfPages pages = new PdfPages(title, BRAZIL, true, NOT_CERTIFIED, made)) {
            pages.heading(title);
            pages.line("Empregador: %s · %s %s".formatted(employer.name(), employer.kind(), employer.written()));
            pages.line("Local: " + employer.address());
            pages.line("Trabalhador: %s · CPF %s"
                    .formatted(
                            sheet.person().displayName(), cpf.map(Cpf::written).orElse("não informado")));
            pages.line("Período: %s a %s · emitido em %s"
                    .formatted(DAY.format(from), DAY.format(to), MOMENT.format(made.atZone(employer.zone()))));
            pages.gap();
            List<PdfPages.Column> columns = List.of(
                    new PdfPages.Column("Dia", 2),
                    new PdfPages.Column("Horário contratual", 4),
                    new PdfPages.Column("Marcações no registrador", 5),
                    new PdfPages.Column("Jornada realizada", 5),
                    new PdfPages.Column("Tratamento", 5),
                    new PdfPages.Column("Normais", 2),
                    new PdfPages.Column("Extras", 2),
                    new PdfPages.Column("Noturnas", 2));
            List<List<String>> rows = new ArrayList<>();
            for (Workday day : sheet.timesheet().days()) {
                rows.add(mirrorRow(day));
            }
            pages.table(columns, rows);
            pages.gap();
            Hours total = sheet.timesheet().total();
            pages.line("Total: normais %s, extras %s, noturnas %s, faltantes %s"
                    .formatted(hours(total.regular()), extras(total), hours(total.night()), hours(total.missing())));
            pages.line("(I) incluída por gestor, com motivo.");
            return pages.finish(signer, made);
        }
    }

    private static List<String> mirrorRow(Workday day) {
        ZoneId zone = day.plan().zone();
        String treated = day.stamps().stream()
                .filter(stamp -> stamp.punch().method() == Method.MANUAL)
                .map(stamp -> TIME.format(stamp.punch().at().atZone(zone)) + " (I) "
                        + stamp.punch().reason())
                .collect(Collectors.joining("; "));
        String remarks = day.remarks().stream()
                .filter(remark -> remark.exception())
                .map(remark -> REMARKS.getOrDefault(remark.name(), remark.name()))
                .sorted()
                .collect(Collectors.joining(", "));
        return List.of(
                DAY.format(day.day()),
                planned(day),
                day.stamps().stream()
                        .filter(stamp -> stamp.punch().method() != Method.MANUAL)
                        .map(stamp -> TIME.format(stamp.punch().at().atZone(zone)))
                        .collect(Collectors.joining(" ")),
                day.sessions().stream()
                        .map(session -> "%s–%s"
                                .formatted(
                                        Optional.ofNullable(session.in())
                                                .map(in -> at(in, zone))
                                                .orElse("?"),
                                        Optional.ofNullable(session.out())
                                                .map(out -> at(out, zone))
                                                .orElse("?")))
                        .collect(Collectors.joining(" ")),
                treated.isEmpty() ? remarks : remarks.isEmpty() ? treated : treated + "; " + remarks,
                hours(day.hours().regular()),
                extras(day.hours()),
                hours(day.hours().night()));
    }

    private static final Map<String, String> REMARKS = Map.ofEntries(
            Map.entry("PRESENT", "presente"),
            Map.entry("LATE", "atraso"),
            Map.entry("LEFT_EARLY", "saída antecipada"),
            Map.entry("ABSENT", "falta"),
            Map.entry("MISSING_IN", "falta marcação de entrada"),
            Map.entry("MISSING_OUT", "falta marcação de saída"),
            Map.entry("UNSCHEDULED", "fora do horário"),
            Map.entry("WORKED_ON_REST_DAY", "trabalho em descanso"),
            Map.entry("WORKED_ON_HOLIDAY", "trabalho em feriado"),
            Map.entry("WORKED_ON_LEAVE", "trabalho em licença"),
            Map.entry("DELIVERED_LATE", "entregue depois"),
            Map.entry("CLOCK_WRONG", "relógio do coletor errado"),
            Map.entry("CORRECTED", "corrigida"),
            Map.entry("OVERTIME_NOT_APPROVED", "extra não aprovada"));

    private static String at(Stamp stamp, ZoneId zone) {
        return TIME.format(stamp.punch().at().atZone(zone));
    }

    private static String planned(Workday day) {
        ZoneId zone = day.plan().zone();
        List<String> shifts = new ArrayList<>();
        for (ScheduledShift shift : day.plan().shifts()) {
            shifts.add(TIME.format(shift.start().atZone(zone)) + "–"
                    + TIME.format(shift.end().atZone(zone)));
        }
        String times = String.join(" ", shifts);
        return switch (day.plan().kind()) {
            case WORK -> times;
            case REST -> "descanso";
            case HOLIDAY -> "feriado";
            case LEAVE -> "licença";
        };
    }

    private static String extras(Hours hours) {
        String paid = new TreeMap<>(hours.overtime())
                .entrySet().stream()
                        .map(entry -> hours(entry.getValue()) + " (" + entry.getKey() + " %)")
                        .collect(Collectors.joining(" "));
        return hours.unapproved() == 0 ? paid : (paid + " " + hours(hours.unapproved()) + " (não aprovadas)").strip();
    }

    private static String hours(long seconds) {
        Duration length = Duration.ofSeconds(seconds);
        return "%d:%02d".formatted(length.toHours(), length.toMinutesPart());
    }

    /** Each person's days and sum, as in the workbook, in English or Brazilian Portuguese. */
    static byte[] timesheets(
            List<Sheets.Sheet> sheets, LocalDate from, LocalDate to, Locale language, Instant made, ZoneId zone) {
        boolean portuguese = language.getLanguage().equals("pt");
        Locale used = portuguese ? BRAZIL : Locale.ENGLISH;
        String title = portuguese ? "Folhas de ponto" : "Timesheets";
        DateTimeFormatter day = portuguese ? DAY : DateTimeFormatter.ISO_LOCAL_DATE;
        List<PdfPages.Column> columns = (portuguese
                        ? List.of(
                                "Dia",
                                "Previsto",
                                "Marcações",
                                "Observações",
                                "Normais",
                                "Extras",
                                "Noturnas",
                                "Faltantes")
                        : List.of("Day", "Planned", "Punches", "Remarks", "Regular", "Overtime", "Night", "Missing"))
                .stream().map(name -> new PdfPages.Column(name, 2)).toList();
        columns = List.of(
                columns.get(0),
                new PdfPages.Column(columns.get(1).name(), 3),
                new PdfPages.Column(columns.get(2).name(), 6),
                new PdfPages.Column(columns.get(3).name(), 4),
                columns.get(4),
                columns.get(5),
                columns.get(6),
                columns.get(7));
        String footer = "%s · %s – %s · %s"
                .formatted(title, day.format(from), day.format(to), SECONDS.format(made.atZone(zone)));
        try (PdfPages pages = new PdfPages(title, used, true, footer, made)) {
            for (Sheets.Sheet sheet : sheets) {
                pages.newPage();
                pages.heading(sheet.person().displayName());
                pages.line("%s · %s · %s – %s"
                        .formatted(sheet.person().username(), sheet.department(), day.format(from), day.format(to)));
                pages.gap();
                List<List<String>> rows = new ArrayList<>();
                for (Workday one : sheet.timesheet().days()) {
                    if (one.hours().scheduled() > 0
                            || !one.sessions().isEmpty()
                            || !one.remarks().isEmpty()) {
                        rows.add(row(one, day.format(one.day()), portuguese));
                    }
                }
                rows.add(sums(portuguese ? "Soma" : "Sum", sheet.timesheet().total()));
                pages.table(columns, rows);
            }
            return pages.finish(Optional.empty(), made);
        }
    }

    private static List<String> row(Workday day, String date, boolean portuguese) {
        ZoneId zone = day.plan().zone();
        List<String> cells = new ArrayList<>(sums(date, day.hours()));
        cells.set(
                1,
                portuguese || day.plan().kind() == DayPlan.Kind.WORK
                        ? planned(day)
                        : day.plan().kind().name().toLowerCase(Locale.ROOT));
        cells.set(
                2,
                day.stamps().stream()
                        .map(stamp -> way(stamp.direction(), portuguese) + " "
                                + SECONDS.format(stamp.punch().at().atZone(zone)))
                        .collect(Collectors.joining("; ")));
        cells.set(
                3,
                day.remarks().stream()
                        .map(remark -> portuguese ? REMARKS.getOrDefault(remark.name(), remark.name()) : words(remark))
                        .sorted()
                        .collect(Collectors.joining(", ")));
        return cells;
    }

    private static String way(Direction direction, boolean portuguese) {
        return switch (direction) {
            case IN -> portuguese ? "Entrada" : "In";
            case OUT -> portuguese ? "Saída" : "Out";
        };
    }

    private static String words(Remark remark) {
        return remark.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<String> sums(String name, Hours hours) {
        return List.of(
                name,
                "",
                "",
                "",
                hours(hours.regular()),
                hours(hours.overtimeSeconds() + hours.unapproved()),
                hours(hours.night()),
                hours(hours.missing()));
    }
}
