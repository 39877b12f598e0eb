package org.vultus.server.payroll;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.attendance.brazil.Aej;
import org.vultus.attendance.brazil.Afd;
import org.vultus.attendance.brazil.Cpf;
import org.vultus.attendance.brazil.Developer;
import org.vultus.attendance.brazil.Employer;
import org.vultus.attendance.brazil.Ledger;
import org.vultus.attendance.brazil.TaxNumbers;
import org.vultus.attendance.clock.Records;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.timesheet.PersonRecord;
import org.vultus.server.attendance.Sheets;
import org.vultus.server.http.Caller;
import org.vultus.server.http.Problem;
import org.vultus.server.http.ProblemType;

/** Portaria MTP 671/2021: who employs, who is employed, the AFD, the AEJ, the mirror, and a receipt of each punch. */
@RestController
@Tag(name = "Payroll in Brazil")
final class BrazilController {
    private static final MediaType ZIP = MediaType.parseMediaType("application/zip");
    private static final int LONGEST_LIST_DAYS = 62;

    private final Ledger ledger;
    private final TaxNumbers numbers;
    private final Sheets sheets;
    private final Records records;
    private final Kiosks kiosks;
    private final Departments departments;
    private final Subjects subjects;
    private final Developer developer;
    private final Optional<FileSigner> signer;
    private final AuditTrail audit;
    private final UnitOfWork work;

    BrazilController(
            Ledger ledger,
            TaxNumbers numbers,
            Sheets sheets,
            Records records,
            Kiosks kiosks,
            Departments departments,
            Subjects subjects,
            Developer developer,
            Optional<FileSigner> signer,
            AuditTrail audit,
            UnitOfWork work) {
        this.ledger = ledger;
        this.numbers = numbers;
        this.sheets = sheets;
        this.records = records;
        this.kiosks = kiosks;
        this.departments = departments;
        this.subjects = subjects;
        this.developer = developer;
        this.signer = signer;
        this.audit = audit;
        this.work = work;
    }

    /**
     * @param number of the CNPJ or CPF, with or without dots
     * @param registration CNO or CAEPF, which took the place of the CEI; absent for none
     * @param address where the work is done
     */
    @Schema(example = """
            {"kind": "CNPJ", "number": "11.222.333/0001-81", "name": "Hospital Exemplo Ltda",
             "address": "Rua das Flores, 100, São Paulo", "zone": "America/Sao_Paulo"}""")
    record EmployerJson(
            Employer.Kind kind,
            String number,
            @Nullable String registration,
            String name,
            String address,
            ZoneId zone) {}

    /** @param site the name that its kiosks have */
    record SiteJson(String site, EmployerJson employer) {}

    @Schema(example = """
            {"cpf": "529.982.247-25"}""")
    record CpfJson(String cpf) {}

    /** @param cpf whole for the person, with its first and last digits hidden for others; absent for none */
    record ShownCpf(@Nullable String cpf) {}

    /** @param receipt whether there is one: the site's employer was named before */
    record PunchRow(UUID eventId, @Nullable Long nsr, OffsetDateTime at, boolean receipt) {}

    record PunchList(List<PunchRow> items) {}

    @GetMapping("/api/attendance/sites")
    @Operation(summary = "The sites whose employer is named, which keep a register of marks")
    List<SiteJson> sites(Caller caller) {
        caller.require(Role.AUDITOR);
        return ledger.employers().entrySet().stream()
                .map(entry -> new SiteJson(entry.getKey(), json(entry.getValue())))
                .toList();
    }

    @PutMapping("/api/attendance/sites/{site}/employer")
    @Operation(summary = "Names a site's employer from now on; the first time begins the site's register of marks")
    EmployerJson name(Caller caller, @PathVariable String site, @RequestBody EmployerJson wish) {
        caller.requireAdmin();
        if (kiosks.list().stream().noneMatch(kiosk -> kiosk.site().equals(site))) {
            throw Problem.notFound("A site of that name, which is the site of a kiosk,");
        }
        Employer employer =
                new Employer(wish.kind(), wish.number(), wish.registration(), wish.name(), wish.address(), wish.zone());
        Cpf responsible = responsible(caller);
        work.run(() -> {
            ledger.name(site, employer, responsible, sheets.now());
            audit.append(AuditEvent.done(Action.EMPLOYER_NAMED, caller.actor(), null, null)
                    .with("site", site));
        });
        return json(employer);
    }

    private static EmployerJson json(Employer employer) {
        return new EmployerJson(
                employer.kind(),
                employer.written(),
                employer.registration(),
                employer.name(),
                employer.address(),
                employer.zone());
    }

    /** The layouts want to know who said so. */
    private Cpf responsible(Caller caller) {
        return numbers.find(caller.subject().id())
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_COMPLETE,
                        "The file names who recorded it. Record your own CPF first: PUT /api/attendance/people/%s/cpf."
                                .formatted(caller.subject().id())));
    }

    @GetMapping("/api/attendance/people/{id}/cpf")
    @Operation(summary = "A person's CPF, partly hidden")
    ShownCpf cpf(Caller caller, @PathVariable UUID id) {
        Subject subject = recordable(caller, id);
        return new ShownCpf(numbers.find(subject.id()).map(Cpf::masked).orElse(null));
    }

    @PutMapping("/api/attendance/people/{id}/cpf")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Records a person's CPF, encrypted, for the AFD, the AEJ and receipts")
    void record(Caller caller, @PathVariable UUID id, @RequestBody CpfJson wish) {
        Subject subject = recordable(caller, id);
        Cpf cpf = Cpf.parse(wish.cpf());
        Cpf responsible = caller.subject().id().equals(id) ? cpf : responsible(caller);
        work.run(() -> {
            numbers.store(id, cpf, responsible, sheets.now());
            audit.append(AuditEvent.done(Action.TAX_NUMBER_CHANGED, caller.actor(), id, subject.department())
                    .with("to", "recorded"));
        });
    }

    @DeleteMapping("/api/attendance/people/{id}/cpf")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forgets a person's CPF; records that hold it are kept as labour law wants")
    void forget(Caller caller, @PathVariable UUID id) {
        Subject subject = recordable(caller, id);
        Cpf responsible = responsible(caller);
        boolean removed = work.call(() -> {
            if (!numbers.remove(id, responsible, sheets.now())) {
                return false;
            }
            audit.append(AuditEvent.done(Action.TAX_NUMBER_CHANGED, caller.actor(), id, subject.department())
                    .with("to", "none"));
            return true;
        });
        if (!removed) {
            throw Problem.notFound("That person's CPF");
        }
    }

    private Subject recordable(Caller caller, UUID id) {
        caller.require(Role.ENROLMENT_OFFICER);
        return subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
    }

    @GetMapping("/api/attendance/sites/{site}/afd")
    @Operation(
            summary = "The site's AFD of a period in a zip file, with its signature where a certificate is configured")
    ResponseEntity<byte[]> afd(
            Caller caller, @PathVariable String site, @RequestParam LocalDate from, @RequestParam LocalDate to) {
        caller.require(Role.AUDITOR);
        Employer employer = employer(site);
        requirePeriod(from, to);
        byte[] file = Afd.file(
                employer,
                developer,
                from,
                to,
                sheets.now(),
                ledger.records(
                        site,
                        from.atStartOfDay(employer.zone()).toInstant(),
                        to.plusDays(1).atStartOfDay(employer.zone()).toInstant()));
        told(caller, "afd", site, from, to);
        return zip(Afd.name(developer, employer), file);
    }

    @GetMapping("/api/attendance/sites/{site}/aej")
    @Operation(summary = "The AEJ of the people of a site's kiosks for a period, zipped like the AFD")
    ResponseEntity<byte[]> aej(
            Caller caller, @PathVariable String site, @RequestParam LocalDate from, @RequestParam LocalDate to) {
        caller.require(Role.AUDITOR);
        Employer employer = employer(site);
        requirePeriod(from, to);
        Set<String> served = kiosks.list().stream()
                .filter(kiosk -> kiosk.site().equals(site))
                .flatMap(kiosk -> kiosk.departments().stream())
                .map(departments::find)
                .flatMap(Optional::stream)
                .map(Department::code)
                .collect(Collectors.toSet());
        List<Sheets.Sheet> all = sheets.all(caller, Sheets.Whom.EVERYBODY, from, to, Optional.empty()).stream()
                .filter(sheet -> served.contains(sheet.department()))
                .toList();
        Map<UUID, Cpf> known =
                numbers.find(all.stream().map(sheet -> sheet.person().id()).toList());
        List<PersonRecord> told =
                records.people(all.stream().map(Sheets.Sheet::person).toList(), from, to);
        List<Aej.Person> people = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Subject subject = all.get(i).person();
            Cpf cpf = known.get(subject.id());
            if (cpf != null) {
                people.add(new Aej.Person(
                        cpf,
                        subject.displayName(),
                        all.get(i).timesheet(),
                        told.get(i).punches(),
                        told.get(i).voidings()));
            } else if (!told.get(i).punches().isEmpty()) {
                missing.add(subject.username());
            }
        }
        if (!missing.isEmpty()) {
            throw new Problem(
                    ProblemType.NOT_COMPLETE,
                    "The AEJ names people by CPF. Record that of %s%s: PUT /api/attendance/people/{id}/cpf."
                            .formatted(
                                    missing.stream().limit(20).collect(Collectors.joining(", ")),
                                    missing.size() > 20 ? " and %d more".formatted(missing.size() - 20) : ""));
        }
        told(caller, "aej", site, from, to);
        return zip(Aej.name(employer, from, to), Aej.file(employer, developer, from, to, sheets.now(), people));
    }

    private Employer employer(String site) {
        return ledger.employer(site)
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_COMPLETE,
                        "Name the site's employer first: PUT /api/attendance/sites/%s/employer.".formatted(site)));
    }

    private static void requirePeriod(LocalDate from, LocalDate to) {
        if (to.isBefore(from) || to.isAfter(from.plusDays(370))) {
            throw new Problem(ProblemType.BAD_REQUEST, "A period is 1 to 370 days.");
        }
    }

    private void told(Caller caller, String kind, String site, LocalDate from, LocalDate to) {
        work.run(() -> audit.append(AuditEvent.done(Action.ATTENDANCE_EXPORTED, caller.actor(), null, null)
                .with("kind", kind)
                .with("site", site)
                .with("from", from.toString())
                .with("to", to.toString())));
    }

    private ResponseEntity<byte[]> zip(String name, byte[] file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            entry(zip, name, file);
            if (signer.isPresent()) {
                entry(zip, name + ".p7s", signer.get().sign(file));
            }
            String note = Documents.NOT_CERTIFIED + ".\n"
                    + (signer.isPresent()
                            ? "Assinado por " + signer.get().holder() + ".\n"
                            : "Sem assinatura: nenhum certificado foi configurado.\n");
            entry(zip, "LEIA-ME.txt", note.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return attachment(ZIP, name.replace(".txt", ".zip"), bytes.toByteArray());
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static ResponseEntity<byte[]> attachment(MediaType type, String name, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name))
                .body(content);
    }

    @GetMapping("/api/attendance/reports/mirror.pdf")
    @Operation(summary = "A person's Espelho de Ponto Eletrônico; also one's own")
    ResponseEntity<byte[]> mirror(
            Caller caller,
            @RequestParam UUID person,
            @RequestParam String site,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to) {
        Sheets.Sheet sheet = sheets.one(caller, person, from, to, Optional.empty());
        Employer employer = employer(site);
        byte[] pdf = Documents.mirror(sheet, employer, numbers.find(person), signer, sheets.now());
        work.run(() -> audit.append(AuditEvent.done(Action.ATTENDANCE_EXPORTED, caller.actor(), person, null)
                .with("kind", "mirror")
                .with("from", from.toString())
                .with("to", to.toString())));
        return attachment(MediaType.APPLICATION_PDF, "espelho-%s-%s.pdf".formatted(from, to), pdf);
    }

    @GetMapping("/api/attendance/reports/timesheets.pdf")
    @Operation(summary = "The timesheets as PDF, in English or Brazilian Portuguese (lang=pt-BR)")
    ResponseEntity<byte[]> timesheets(
            Caller caller,
            @RequestParam Optional<String> department,
            @RequestParam Optional<String> site,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam Optional<String> lang,
            Locale accepted) {
        List<Sheets.Sheet> found = sheets.all(caller, new Sheets.Whom(department, site), from, to, Optional.empty());
        byte[] pdf = Documents.timesheets(
                found, from, to, lang.map(Locale::forLanguageTag).orElse(accepted), sheets.now(), records.zone());
        work.run(() -> audit.append(AuditEvent.done(Action.ATTENDANCE_EXPORTED, caller.actor(), null, null)
                .with("kind", "pdf")
                .with("from", from.toString())
                .with("to", to.toString())));
        return attachment(MediaType.APPLICATION_PDF, "timesheets-%s-%s.pdf".formatted(from, to), pdf);
    }

    @GetMapping("/api/me/cpf")
    @Operation(summary = "My CPF as it is recorded, whole; an officer corrects it")
    ShownCpf myCpf(Caller caller) {
        return new ShownCpf(
                numbers.find(caller.subject().id()).map(Cpf::written).orElse(null));
    }

    @GetMapping("/api/me/punches")
    @Operation(summary = "My punches from one day to another, and of which there is a receipt")
    PunchList mine(Caller caller, @RequestParam LocalDate from, @RequestParam LocalDate to) {
        if (to.isBefore(from) || to.isAfter(from.plusDays(LONGEST_LIST_DAYS))) {
            throw new Problem(ProblemType.BAD_REQUEST, "A list is of 1 to %d days.".formatted(LONGEST_LIST_DAYS));
        }
        ZoneId zone = records.zone();
        return new PunchList(records
                .punches()
                .of(
                        List.of(caller.subject().id()),
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant())
                .stream()
                .sorted(Punch.IN_ORDER)
                .map(punch -> new PunchRow(
                        punch.eventId(),
                        punch.nsr(),
                        punch.at().atZone(zone).toOffsetDateTime(),
                        ledger.mark(punch.eventId()).isPresent()))
                .toList());
    }

    @GetMapping("/api/me/punches/{event}/receipt.pdf")
    @Operation(
            summary = "The receipt (comprovante) of one of my punches as PDF, signed where a certificate is configured")
    ResponseEntity<byte[]> receipt(Caller caller, @PathVariable UUID event) {
        List<String> facts = facts(caller, event);
        Instant now = sheets.now();
        return attachment(
                MediaType.APPLICATION_PDF,
                "comprovante-%s.pdf".formatted(event),
                Documents.receiptPdf(facts, signer, now));
    }

    @GetMapping(path = "/api/me/punches/{event}/receipt.txt", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @Operation(summary = "The same as text")
    String receiptText(Caller caller, @PathVariable UUID event) {
        return Documents.receiptText(facts(caller, event));
    }

    private List<String> facts(Caller caller, UUID event) {
        Punch punch = records.punches()
                .find(event, new Scope.Everywhere())
                .filter(one -> one.subject().equals(caller.subject().id()))
                .orElseThrow(() -> Problem.notFound("That punch"));
        Ledger.Written mark = ledger.mark(event).orElseThrow(() -> Problem.notFound("A receipt of that punch"));
        work.run(() -> audit.append(AuditEvent.done(
                        Action.RECEIPT_GIVEN,
                        caller.actor(),
                        caller.subject().id(),
                        caller.subject().department())
                .with("event", event.toString())));
        return Documents.receipt(
                punch, mark, caller.subject(), numbers.find(caller.subject().id()), developer);
    }
}
