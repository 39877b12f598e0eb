package org.vultus.server.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Departments;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Role;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.GalleryUnavailable;
import org.vultus.server.config.VultusProperties;

/** Departments and how their people sign in. */
@RestController
@Tag(name = "Departments")
final class DepartmentController {
    private final Departments departments;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final VultusProperties properties;
    private final FaceSignIn signIn;
    private final Gallery gallery;

    DepartmentController(
            Departments departments,
            AuditTrail audit,
            UnitOfWork work,
            VultusProperties properties,
            FaceSignIn signIn,
            Gallery gallery) {
        this.departments = departments;
        this.signIn = signIn;
        this.gallery = gallery;
        this.audit = audit;
        this.work = work;
        this.properties = properties;
    }

    /** What the sign-in page needs to know of a department. */
    record Choice(String code, String name, boolean identification) {}

    /**
     * @param references how many faces an identification searches among; 0 while the gallery cannot be reached
     * @param presenceProof whether pictures of punches are kept, of those who consent
     * @param presenceProofDays how long
     * @param identificationFmr the false match rate at which one would compare; {@code null} when none keeps the bound
     */
    record DepartmentJson(
            UUID id,
            String code,
            String name,
            boolean active,
            LivenessPolicy liveness,
            boolean identification,
            double verificationFmr,
            double fpirBound,
            boolean presenceProof,
            int presenceProofDays,
            int references,
            @Nullable Double identificationFmr) {}

    private DepartmentJson json(Department d) {
        DepartmentPolicy policy = d.policy();
        return new DepartmentJson(
                d.id(),
                d.code(),
                d.name(),
                d.active(),
                policy.liveness(),
                policy.identification(),
                policy.verificationFmr(),
                policy.fpirBound(),
                policy.proof().kept(),
                policy.proof().days(),
                searchable(d),
                identificationFmr(d));
    }

    /** None while the gallery cannot be reached: nobody is found then. */
    private int searchable(Department d) {
        try {
            return gallery.size(d.id());
        } catch (GalleryUnavailable e) {
            return 0;
        }
    }

    private @Nullable Double identificationFmr(Department d) {
        try {
            return signIn.identificationPoint(d).map(OperatingPoint::fmr).orElse(null);
        } catch (GalleryUnavailable e) {
            return null;
        }
    }

    /** What is absent stays as it is, or takes its default in a new department. */
    record DepartmentChange(
            @Nullable String code,
            @Nullable String name,
            @Nullable Boolean active,
            @Nullable LivenessPolicy liveness,
            @Nullable Boolean identification,
            @Nullable Double verificationFmr,
            @Nullable Double fpirBound,
            @Nullable Boolean presenceProof,
            @Nullable Integer presenceProofDays) {

        DepartmentPolicy policy(DepartmentPolicy before) {
            return new DepartmentPolicy(
                    Optional.ofNullable(liveness).orElse(before.liveness()),
                    Optional.ofNullable(identification).orElse(before.identification()),
                    Optional.ofNullable(verificationFmr).orElse(before.verificationFmr()),
                    Optional.ofNullable(fpirBound).orElse(before.fpirBound()),
                    new ProofPolicy(
                            Optional.ofNullable(presenceProof)
                                    .orElse(before.proof().kept()),
                            Optional.ofNullable(presenceProofDays)
                                    .orElse(before.proof().days())));
        }
    }

    @GetMapping("/face-auth/departments")
    @Operation(summary = "The departments that one can sign in to; open to anybody unless it is switched off")
    List<Choice> choices() {
        return !properties.web().departmentList()
                ? List.of()
                : departments.list().stream()
                        .filter(Department::active)
                        .map(d -> new Choice(d.code(), d.name(), d.policy().identification()))
                        .toList();
    }

    @GetMapping("/api/departments")
    @Operation(summary = "The departments that the caller may see, with their policies")
    List<DepartmentJson> list(Caller caller) {
        caller.require(Role.ENROLMENT_OFFICER, Role.DEPARTMENT_MANAGER, Role.AUDITOR);
        return departments.list().stream()
                .filter(d -> caller.scope().covers(d.id()))
                .map(this::json)
                .toList();
    }

    @PostMapping("/api/departments")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Creates a department")
    DepartmentJson create(Caller caller, @RequestBody DepartmentChange wish) {
        caller.requireAdmin();
        if (wish.code() == null || wish.name() == null) {
            throw new Problem(ProblemType.BAD_REQUEST, "Send a code and a name.");
        }
        Department department = new Department(
                UUID.randomUUID(),
                wish.code().strip().toLowerCase(Locale.ROOT),
                wish.name().strip(),
                wish.policy(DepartmentPolicy.DEFAULT),
                Optional.ofNullable(wish.active()).orElse(true));
        boolean added = work.call(() -> {
            if (!departments.add(department)) {
                return false;
            }
            audit.append(AuditEvent.done(Action.DEPARTMENT_CREATED, caller.actor(), null, department.id())
                    .with("code", department.code()));
            return true;
        });
        if (!added) {
            throw new Problem(
                    ProblemType.ALREADY_EXISTS, "There is a department %s already.".formatted(department.code()));
        }
        return json(department);
    }

    @PatchMapping("/api/departments/{code}")
    @Operation(summary = "Changes a department or its policy")
    DepartmentJson change(Caller caller, @PathVariable String code, @RequestBody DepartmentChange wish) {
        caller.requireAdmin();
        Department before = departments.findByCode(code).orElseThrow(() -> Problem.notFound("The department " + code));
        Department after = new Department(
                before.id(),
                before.code(),
                Optional.ofNullable(wish.name()).map(String::strip).orElse(before.name()),
                wish.policy(before.policy()),
                Optional.ofNullable(wish.active()).orElse(before.active()));
        work.run(() -> {
            departments.update(after);
            audit.append(AuditEvent.done(Action.DEPARTMENT_CHANGED, caller.actor(), null, after.id())
                    .with("active", Boolean.toString(after.active()))
                    .with("liveness", after.policy().liveness().name())
                    .with("identification", Boolean.toString(after.policy().identification()))
                    .with("verification_fmr", Double.toString(after.policy().verificationFmr()))
                    .with("fpir_bound", Double.toString(after.policy().fpirBound()))
                    .with(
                            "presence_proof",
                            Boolean.toString(after.policy().proof().kept()))
                    .with(
                            "presence_proof_days",
                            Integer.toString(after.policy().proof().days())));
        });
        return json(after);
    }
}
