package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.ProofPolicy;

/** What {@link org.vultus.access.subject.Departments} must do. */
public abstract class DepartmentsContract extends SiteContract {

    @Test
    void givesBackEveryFieldByIdentifierAndByCode() {
        Department icu = new Department(
                UUID.randomUUID(),
                "icu-2",
                "Unidade de Terapia Intensiva „Öst“",
                new DepartmentPolicy(LivenessPolicy.STRICT, true, 3.5e-6, 0.0125, new ProofPolicy(true, 7)),
                false);

        assertThat(site.departments().add(icu)).isTrue();

        assertThat(site.departments().find(icu.id())).contains(icu);
        assertThat(site.departments().findByCode("icu-2")).contains(icu);
    }

    @Test
    void findsNothingThatIsNotThere() {
        department("icu");

        assertThat(site.departments().find(UUID.randomUUID())).isEmpty();
        assertThat(site.departments().findByCode("ICU")).isEmpty();
    }

    @Test
    void keepsTheDepartmentThatHasACodeWhenAnotherWantsIt() {
        Department first = department("icu");

        boolean added = site.departments()
                .add(new Department(UUID.randomUUID(), "icu", "Another", DepartmentPolicy.DEFAULT, true));

        assertThat(added).isFalse();
        assertThat(site.departments().list()).containsExactly(first);
    }

    @Test
    void changesEveryFieldButTheCode() {
        Department before = department("icu");
        DepartmentPolicy policy =
                new DepartmentPolicy(LivenessPolicy.ACTIVE, true, 1e-5, 0.01, new ProofPolicy(true, 365));
        Department asked = new Department(before.id(), "icu-new", "New", policy, !before.active());
        Department after = new Department(before.id(), "icu", "New", policy, !before.active());

        assertThat(site.departments().update(asked)).isTrue();

        assertThat(site.departments().list()).containsExactly(after);
        assertThat(site.departments().findByCode("icu")).contains(after);
        assertThat(site.departments().findByCode("icu-new")).isEmpty();
    }

    @Test
    void changesNothingWhenThereIsNoSuchDepartment() {
        Department icu = department("icu");

        boolean changed = site.departments()
                .update(new Department(UUID.randomUUID(), "lab", "Lab", DepartmentPolicy.DEFAULT, true));

        assertThat(changed).isFalse();
        assertThat(site.departments().list()).containsExactly(icu);
    }

    @Test
    void listsByName() {
        Department second = department("b");
        Department third = department("c");
        Department first = department("a");

        assertThat(site.departments().list()).containsExactly(first, second, third);
    }
}
