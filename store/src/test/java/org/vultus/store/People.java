package org.vultus.store;

import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.TemplateFormat;

/** People to test with, in a department of their own. */
public final class People {
    public static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    public static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00.123456Z");

    private final SqlSite site;
    private final Department department;

    public People(SqlSite site) {
        this.site = site;
        this.department = new Department(UUID.randomUUID(), "icu", "Intensive care", DepartmentPolicy.DEFAULT, true);
        site.departments().add(department);
    }

    /** The department of all of them. */
    public UUID department() {
        return department.id();
    }

    /** Somebody whose consent is recorded. */
    public Subject person(String username) {
        Subject subject = new Subject(UUID.randomUUID(), username, username, department.id(), Set.of(Role.STAFF), true);
        site.subjects().add(subject);
        site.bases()
                .record(new BasisRecord(
                        UUID.randomUUID(),
                        subject.id(),
                        LegalBasis.CONSENT,
                        null,
                        "2026-01",
                        subject.id(),
                        MONDAY,
                        null));
        return subject;
    }

    public Reference enrol(Subject subject, long seed) {
        Reference reference =
                new Reference(UUID.randomUUID(), subject.id(), subject.department(), features(EXTRACTOR, seed));
        site.work()
                .run(() -> site.references()
                        .activate(new NewReference(reference, 80, 5, subject.id(), MONDAY.plusSeconds(1))));
        return reference;
    }

    /** Features as they are read from a template, so that storing them changes nothing any more. */
    public static FeatureVector features(ExtractorId extractor, long seed) {
        Random random = new Random(seed);
        float[] features = new float[512];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return TemplateFormat.read(TemplateFormat.write(FeatureVector.normalised(extractor, features)));
    }
}
