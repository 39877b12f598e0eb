package org.vultus.access.contract;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;

/** A contract over an empty site, with the data that contracts begin with. */
public abstract class SiteContract {
    protected static final Scope EVERYWHERE = new Scope.Everywhere();
    protected static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00.123456Z");

    protected Site site;

    /** A site without any data; asked for before each test. */
    protected abstract Site emptySite();

    @BeforeEach
    final void begin() {
        site = emptySite();
    }

    protected final Department department(String code) {
        Department department =
                new Department(UUID.randomUUID(), code, "Department " + code, DepartmentPolicy.DEFAULT, true);
        site.departments().add(department);
        return department;
    }

    protected final Subject subject(String username, Department department, Role... roles) {
        Subject subject =
                new Subject(UUID.randomUUID(), username, "Name of " + username, department.id(), Set.of(roles), true);
        site.subjects().add(subject);
        return subject;
    }

    protected static Subject deactivated(Subject subject) {
        return new Subject(
                subject.id(), subject.username(), subject.displayName(), subject.department(), subject.roles(), false);
    }

    protected static BasisRecord consent(Subject subject, Subject officer, Instant at) {
        return new BasisRecord(
                UUID.randomUUID(), subject.id(), LegalBasis.CONSENT, null, "2026-01", officer.id(), at, null);
    }
}
