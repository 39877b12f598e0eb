package org.vultus.access.memory;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.enrol.Enroller;
import org.vultus.access.enrol.Findable;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.privacy.CertificateSigner;
import org.vultus.access.privacy.Erasure;
import org.vultus.access.privacy.Retention;
import org.vultus.access.privacy.Withdrawal;
import org.vultus.access.proof.ProofOfPresence;
import org.vultus.access.signin.FaceSignIn;
import org.vultus.access.signin.SignInRules;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.match.InMemoryGallery;
import org.vultus.testkit.ManualClock;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

/**
 * A site with two departments, an officer, and everything that the use cases need, in memory and with painted faces: the intensive
 * care unit asks for a user name, the laboratory identifies.
 */
public final class Hospital {
    public static final Scope EVERYWHERE = new Scope.Everywhere();

    public final ManualClock clock = new ManualClock(Instant.parse("2026-03-02T08:00:00Z"));
    public final MemorySite site = new MemorySite(clock);
    public final PaintedNetworks networks = new PaintedNetworks();
    public final Gallery gallery = new InMemoryGallery(PaintedNetworks.EXTRACTOR);
    public final Department icu = department("icu", DepartmentPolicy.DEFAULT);
    public final Department laboratory =
            department("lab", new DepartmentPolicy(LivenessPolicy.PASSIVE, true, 1e-4, 1e-3));
    public final Subject officer = person("officer", icu);
    public final Actor byOfficer = new Actor(officer.id(), "10.0.0.9", "console");

    public Department department(String code, DepartmentPolicy policy) {
        Department department = new Department(UUID.randomUUID(), code, "Department " + code, policy, true);
        site.departments().add(department);
        return department;
    }

    /** Somebody without a legal basis. */
    public Subject person(String username, Department department) {
        Subject subject = new Subject(
                UUID.randomUUID(), username, "Name of " + username, department.id(), Set.of(Role.STAFF), true);
        site.subjects().add(subject);
        return subject;
    }

    public Subject consenting(String username, Department department) {
        Subject subject = person(username, department);
        consent(subject);
        return subject;
    }

    /** Somebody who may sign in by that face. */
    public Subject enrolled(String username, Department department, PaintedFace face) {
        Subject subject = consenting(username, department);
        FeatureVector features = PaintedNetworks.features(face);
        Reference reference = new Reference(UUID.randomUUID(), subject.id(), department.id(), features);
        site.references().activate(new NewReference(reference, 90, 3, officer.id(), clock.instant()));
        gallery.put(new Gallery.Entry(subject.id(), department.id(), features));
        return subject;
    }

    public void consent(Subject subject) {
        site.bases()
                .record(new BasisRecord(
                        UUID.randomUUID(),
                        subject.id(),
                        LegalBasis.CONSENT,
                        null,
                        "1",
                        subject.id(),
                        clock.instant(),
                        null));
    }

    public void deactivate(Subject subject) {
        change(subject, subject.department(), false);
    }

    public void move(Subject subject, Department department) {
        change(subject, department.id(), subject.active());
    }

    private void change(Subject subject, UUID department, boolean active) {
        site.subjects()
                .update(
                        new Subject(
                                subject.id(),
                                subject.username(),
                                subject.displayName(),
                                department,
                                subject.roles(),
                                active),
                        EVERYWHERE);
    }

    public void close(Department department) {
        site.departments()
                .update(new Department(
                        department.id(), department.code(), department.name(), department.policy(), false));
    }

    public Enroller enroller() {
        return enroller(site.bases());
    }

    /** @param bases in place of those of the site */
    public Enroller enroller(LegalBases bases) {
        return new Enroller(
                networks.engine(),
                PaintedNetworks.SCALE,
                gallery,
                site.subjects(),
                bases,
                site.references(),
                site.audit(),
                site.work(),
                clock);
    }

    public FaceSignIn faceSignIn(SignInRules rules) {
        return faceSignIn(rules, new Random(1));
    }

    /** @param random draws the scripts */
    public FaceSignIn faceSignIn(SignInRules rules, RandomGenerator random) {
        return new FaceSignIn(
                networks.engine(),
                PaintedNetworks.SCALE,
                gallery,
                site.subjects(),
                site.departments(),
                site.bases(),
                site.references(),
                site.sessions(),
                site.log(),
                site.lockouts(),
                site.audit(),
                site.work(),
                rules,
                clock,
                random);
    }

    public Findable findable() {
        return new Findable(site.subjects(), site.bases(), site.references(), gallery, PaintedNetworks.EXTRACTOR);
    }

    public Withdrawal withdrawal() {
        return new Withdrawal(
                site.subjects(), site.bases(), site.references(), proofs(), gallery, site.audit(), site.work(), clock);
    }

    public ProofOfPresence proofs() {
        return new ProofOfPresence(site.departments(), site.bases(), site.proofs(), site.audit(), site.work(), clock);
    }

    /** @param signer in place of the site's key */
    public Erasure erasure(CertificateSigner signer) {
        return new Erasure(site.records(), signer, gallery, site.audit(), site.work(), clock);
    }

    public Retention retention(Retention.Periods periods) {
        return new Retention(
                site.records(), site.references(), site.proofs(), gallery, site.audit(), site.work(), periods, clock);
    }

    /** The audit events of one kind, in order. */
    public List<AuditEvent> events(Action action) {
        return site.trail().stream()
                .map(AuditRecord::event)
                .filter(event -> event.action() == action)
                .toList();
    }
}
