package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;

/** What {@link org.vultus.access.subject.Subjects} must do. */
public abstract class SubjectsContract extends SiteContract {
    private Department icu;
    private Department laboratory;

    @BeforeEach
    void departments() {
        icu = department("icu");
        laboratory = department("lab");
    }

    @Test
    void givesBackEveryFieldByIdentifierAndByName() {
        Subject ana = new Subject(
                UUID.randomUUID(),
                "ana.conceição",
                "Ana Conceição d'Ávila",
                icu.id(),
                Set.of(Role.STAFF, Role.ENROLMENT_OFFICER),
                false);

        assertThat(site.subjects().add(ana)).isTrue();

        assertThat(site.subjects().find(ana.id(), EVERYWHERE)).contains(ana);
        assertThat(site.subjects().findByUsername("  ANA.Conceição ", EVERYWHERE))
                .contains(ana);
    }

    @Test
    void showsAScopeItsOwnDepartmentOnly() {
        Subject ana = subject("ana", icu);

        for (Scope own : new Scope[] {EVERYWHERE, new Scope.Within(icu.id())}) {
            assertThat(site.subjects().find(ana.id(), own)).contains(ana);
            assertThat(site.subjects().findByUsername("ana", own)).contains(ana);
        }
        Scope other = new Scope.Within(laboratory.id());
        assertThat(site.subjects().find(ana.id(), other)).isEmpty();
        assertThat(site.subjects().findByUsername("ana", other)).isEmpty();
    }

    @Test
    void keepsThePersonWhoHasANameWhenAnotherWantsIt() {
        Subject ana = subject("ana", icu);

        boolean added = site.subjects()
                .add(new Subject(UUID.randomUUID(), "Ana", "Another Ana", laboratory.id(), Set.of(), true));

        assertThat(added).isFalse();
        assertThat(site.subjects().findByUsername("ana", EVERYWHERE)).contains(ana);
    }

    @Test
    void changesEveryFieldWithinTheScope() {
        Subject before = subject("ana", icu, Role.STAFF);
        Subject after =
                new Subject(before.id(), "ana.b", "Ana B.", laboratory.id(), Set.of(Role.DEPARTMENT_MANAGER), false);

        assertThat(site.subjects().update(after, new Scope.Within(icu.id()))).isTrue();

        assertThat(site.subjects().find(before.id(), EVERYWHERE)).contains(after);
        assertThat(site.subjects().findByUsername("ana", EVERYWHERE)).isEmpty();
    }

    @Test
    void changesNobodyOutsideOfTheScope() {
        Subject ana = subject("ana", icu);

        // The scope covers where the person would go, but not where the person is.
        Subject taken = new Subject(ana.id(), "ana", "Taken", laboratory.id(), Set.of(), true);

        assertThat(site.subjects().update(taken, new Scope.Within(laboratory.id())))
                .isFalse();
        assertThat(site.subjects().find(ana.id(), EVERYWHERE)).contains(ana);
    }

    @Test
    void changesNothingWhenTheNewNameIsTaken() {
        subject("bea", icu);
        Subject ana = subject("ana", icu);

        boolean changed =
                site.subjects().update(new Subject(ana.id(), "bea", "Ana", icu.id(), Set.of(), true), EVERYWHERE);

        assertThat(changed).isFalse();
        assertThat(site.subjects().find(ana.id(), EVERYWHERE)).contains(ana);
    }

    @Test
    void changesNothingWhenThereIsNobody() {
        Subject nobody = new Subject(UUID.randomUUID(), "nobody", "Nobody", icu.id(), Set.of(), true);

        assertThat(site.subjects().update(nobody, EVERYWHERE)).isFalse();
        assertThat(site.subjects().findByUsername("nobody", EVERYWHERE)).isEmpty();
    }

    @Test
    void knowsWhetherAnActiveAdministratorExists() {
        assertThat(site.subjects().hasAdministrator()).isFalse();
        subject("officer", icu, Role.ENROLMENT_OFFICER, Role.STAFF);
        assertThat(site.subjects().hasAdministrator()).isFalse();

        Subject admin = subject("admin", icu, Role.STAFF, Role.ADMIN);
        assertThat(site.subjects().hasAdministrator()).isTrue();

        site.subjects().update(deactivated(admin), EVERYWHERE);
        assertThat(site.subjects().hasAdministrator()).isFalse();
    }
}
