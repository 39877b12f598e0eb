package org.vultus.server.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.enrol.Findable;
import org.vultus.access.enrol.References;
import org.vultus.access.enrol.Register;
import org.vultus.access.privacy.Withdrawal;
import org.vultus.access.signin.PasswordSignIn;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.server.start.OneTimePassword;

/** The people, and the legal basis on which their faces are used. */
@RestController
@Tag(name = "People")
final class SubjectController {
    private final Subjects subjects;
    private final Departments departments;
    private final Register register;
    private final LegalBases bases;
    private final Withdrawal withdrawal;
    private final PasswordSignIn passwords;
    private final References references;
    private final Findable findable;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    SubjectController(
            Subjects subjects,
            Departments departments,
            Register register,
            LegalBases bases,
            Withdrawal withdrawal,
            PasswordSignIn passwords,
            References references,
            Findable findable,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.subjects = subjects;
        this.departments = departments;
        this.register = register;
        this.bases = bases;
        this.withdrawal = withdrawal;
        this.passwords = passwords;
        this.references = references;
        this.findable = findable;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    record DepartmentName(String code, String name) {}

    record BasisJson(LegalBasis basis, @Nullable String reason, String noticeVersion, Instant recordedAt) {}

    record SubjectJson(
            UUID id,
            String username,
            String displayName,
            DepartmentName department,
            Set<Role> roles,
            boolean active,
            @Nullable BasisJson legalBasis,
            @Nullable Instant enrolledAt,
            @Nullable String oneTimePassword) {

        static SubjectJson of(Register.Row row, @Nullable String oneTimePassword) {
            BasisRecord basis = row.basis();
            Subject subject = row.subject();
            return new SubjectJson(
                    subject.id(),
                    subject.username(),
                    subject.displayName(),
                    new DepartmentName(row.departmentCode(), row.departmentName()),
                    subject.roles(),
                    subject.active(),
                    basis == null
                            ? null
                            : new BasisJson(basis.basis(), basis.reason(), basis.noticeVersion(), basis.recordedAt()),
                    row.enrolledAt(),
                    oneTimePassword);
        }
    }

    record SubjectPage(List<SubjectJson> items, int total) {}

    @Schema(example = """
            {"username": "ana", "display_name": "Ana Souza", "department": "icu"}""")
    record NewSubject(
            String username,
            String displayName,
            String department,
            @Nullable Set<Role> roles) {}

    @Schema(example = """
            {"department": "laboratory", "active": true}""")
    record SubjectChange(
            @Nullable String displayName,
            @Nullable String department,
            @Nullable Set<Role> roles,
            @Nullable Boolean active) {}

    @Schema(example = """
            {"basis": "CONSENT", "notice_version": "2026-11"}""")
    record NewBasis(LegalBasis basis, @Nullable String reason, String noticeVersion) {}

    record OneTime(String oneTimePassword) {}

    @GetMapping("/api/subjects")
    @Operation(summary = "The people that the caller may see, by display name")
    SubjectPage list(
            Caller caller,
            @RequestParam(defaultValue = "") String query,
            @RequestParam Optional<String> department,
            @RequestParam Optional<Boolean> active,
            @RequestParam Optional<Boolean> enrolled,
            @RequestParam Optional<Role> role,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "50") int limit) {
        caller.require(Role.ENROLMENT_OFFICER, Role.DEPARTMENT_MANAGER);
        Register.Page page = register.list(
                new Register.Query(query, department.filter(d -> !d.isBlank()), active, enrolled, role, offset, limit),
                caller.scope());
        return new SubjectPage(
                page.rows().stream().map(row -> SubjectJson.of(row, null)).toList(), page.total());
    }

    @GetMapping("/api/subjects/{id}")
    @Operation(summary = "One person")
    SubjectJson show(Caller caller, @PathVariable UUID id) {
        caller.require(Role.ENROLMENT_OFFICER, Role.DEPARTMENT_MANAGER);
        return row(caller, id, null);
    }

    @PostMapping("/api/subjects")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Creates a person, with a one-time password that serves to choose their own")
    SubjectJson create(Caller caller, @RequestBody NewSubject wish) {
        caller.require(Role.ENROLMENT_OFFICER);
        Set<Role> roles = Optional.ofNullable(wish.roles()).orElse(Set.of(Role.STAFF));
        requireMayGrant(caller, roles);
        Department department = department(caller, wish.department());
        Subject subject = new Subject(
                UUID.randomUUID(), wish.username(), wish.displayName().strip(), department.id(), roles, true);
        String password = OneTimePassword.generate();
        boolean added = work.call(() -> {
            if (!subjects.add(subject)) {
                return false;
            }
            audit.append(AuditEvent.done(Action.SUBJECT_CREATED, caller.actor(), subject.id(), department.id())
                    .with("roles", roles.toString()));
            passwords.reset(subject, password, caller.actor());
            return true;
        });
        if (!added) {
            throw new Problem(ProblemType.ALREADY_EXISTS, "The user name %s is taken.".formatted(subject.username()));
        }
        return row(caller, subject.id(), password);
    }

    @PatchMapping("/api/subjects/{id}")
    @Operation(summary = "Changes a person's name, department or roles, or deactivates them")
    SubjectJson change(Caller caller, @PathVariable UUID id, @RequestBody SubjectChange wish) {
        caller.require(Role.ENROLMENT_OFFICER);
        Subject before = find(caller, id);
        Set<Role> roles = Optional.ofNullable(wish.roles()).orElse(before.roles());
        if (!roles.equals(before.roles()) || before.roles().contains(Role.ADMIN)) {
            requireMayGrant(caller, roles);
            requireMayGrant(caller, before.roles());
        }
        UUID department = wish.department() == null
                ? before.department()
                : department(caller, wish.department()).id();
        Subject after = new Subject(
                id,
                before.username(),
                Optional.ofNullable(wish.displayName()).map(String::strip).orElse(before.displayName()),
                department,
                roles,
                Optional.ofNullable(wish.active()).orElse(before.active()));
        if (caller.subject().id().equals(id)
                && (!after.active() || !after.roles().containsAll(before.roles()))) {
            throw new Problem(ProblemType.NOT_ALLOWED, "Ask another administrator to take your own rights away.");
        }
        boolean moves = !department.equals(before.department());
        work.run(() -> {
            subjects.update(after, caller.scope());
            if (moves) {
                references.move(id, department);
            }
            audit.append(AuditEvent.done(Action.SUBJECT_CHANGED, caller.actor(), id, department)
                    .with("roles", roles.toString())
                    .with("active", Boolean.toString(after.active())));
        });
        if (moves || after.active() != before.active()) {
            findable.refresh(id);
        }
        return row(caller, id, null);
    }

    @PostMapping("/api/subjects/{id}/password")
    @Operation(summary = "Gives a person a new one-time password")
    OneTime resetPassword(Caller caller, @PathVariable UUID id) {
        caller.require(Role.ENROLMENT_OFFICER);
        Subject subject = find(caller, id);
        requireMayGrant(caller, subject.roles());
        String password = OneTimePassword.generate();
        passwords.reset(subject, password, caller.actor());
        return new OneTime(password);
    }

    @PostMapping("/api/subjects/{id}/legal-basis")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Records on what legal basis the person's face may be used; one in force before ends")
    SubjectJson recordBasis(Caller caller, @PathVariable UUID id, @RequestBody NewBasis wish) {
        caller.require(Role.ENROLMENT_OFFICER);
        Subject subject = find(caller, id);
        BasisRecord basis = new BasisRecord(
                UUID.randomUUID(),
                id,
                wish.basis(),
                wish.reason(),
                wish.noticeVersion(),
                caller.subject().id(),
                clock.instant(),
                null);
        work.run(() -> {
            bases.record(basis);
            audit.append(AuditEvent.done(Action.LEGAL_BASIS_RECORDED, caller.actor(), id, subject.department())
                    .with("basis", basis.basis().name())
                    .with("notice_version", basis.noticeVersion()));
        });
        return row(caller, id, null);
    }

    @DeleteMapping("/api/subjects/{id}/legal-basis")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ends the legal basis and destroys the reference; the password stays")
    void withdraw(Caller caller, @PathVariable UUID id) {
        if (!caller.subject().id().equals(id)) {
            caller.require(Role.ENROLMENT_OFFICER);
        }
        if (!withdrawal.withdraw(id, caller.scope(), caller.actor())) {
            throw Problem.notFound("That person");
        }
    }

    private Subject find(Caller caller, UUID id) {
        return subjects.find(id, caller.scope()).orElseThrow(() -> Problem.notFound("That person"));
    }

    private SubjectJson row(Caller caller, UUID id, @Nullable String oneTimePassword) {
        return register.find(id, caller.scope())
                .map(row -> SubjectJson.of(row, oneTimePassword))
                .orElseThrow(() -> Problem.notFound("That person"));
    }

    private Department department(Caller caller, String code) {
        return departments
                .findByCode(code)
                .filter(d -> caller.scope().covers(d.id()))
                .orElseThrow(() -> Problem.notFound("The department " + code));
    }

    /** Nobody makes somebody mightier than themselves. */
    private static void requireMayGrant(Caller caller, Set<Role> roles) {
        if (!caller.subject().roles().contains(Role.ADMIN)
                && !Set.of(Role.STAFF).containsAll(roles)) {
            throw new Problem(
                    ProblemType.NOT_ALLOWED, "Only an administrator gives or touches roles other than STAFF.");
        }
    }
}
