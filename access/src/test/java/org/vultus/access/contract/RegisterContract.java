package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.enrol.Register.Page;
import org.vultus.access.enrol.Register.Query;
import org.vultus.access.enrol.Register.Row;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Role;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/** What {@link org.vultus.access.enrol.Register} must do. */
public abstract class RegisterContract extends SiteContract {
    private Department icu;
    private Subject ana;
    private Subject bea;
    private Subject caio;

    @BeforeEach
    void people() {
        icu = department("icu");
        Department laboratory = department("lab");
        caio = person("c.100", "caio 100% Lima", laboratory);
        bea = person("b_x", "Bea Souza", icu);
        ana = person("aax", "Ana Lima", icu);
    }

    @Test
    void tellsTheStateOfEachPerson() {
        BasisRecord consent = consent(bea, ana, MONDAY);
        site.work().run(() -> {
            site.bases().record(consent);
            site.references()
                    .activate(new NewReference(
                            new Reference(
                                    UUID.randomUUID(),
                                    bea.id(),
                                    icu.id(),
                                    FeatureVector.normalised(new ExtractorId("ab".repeat(32)), new float[] {1, 2})),
                            80,
                            3,
                            ana.id(),
                            MONDAY.plusSeconds(9)));
        });

        assertThat(site.register().find(bea.id(), EVERYWHERE))
                .contains(new Row(bea, "icu", "Department icu", consent, MONDAY.plusSeconds(9)));
        assertThat(site.register().find(ana.id(), EVERYWHERE))
                .contains(new Row(ana, "icu", "Department icu", null, null));
        assertThat(site.register().find(UUID.randomUUID(), EVERYWHERE)).isEmpty();

        site.work().run(() -> {
            site.bases().withdraw(bea.id(), bea.id(), MONDAY.plusSeconds(20));
            site.references().revoke(bea.id(), MONDAY.plusSeconds(20));
        });
        assertThat(site.register().find(bea.id(), EVERYWHERE))
                .contains(new Row(bea, "icu", "Department icu", null, null));
    }

    @Test
    void listsByDisplayNameInPages() {
        assertThat(people(all(0, 2))).containsExactly(ana, bea);
        assertThat(people(all(2, 2))).containsExactly(caio);
        assertThat(all(0, 2).total()).isEqualTo(3);
        assertThat(all(5, 2)).isEqualTo(new Page(List.of(), 3));
    }

    @Test
    void searchesTextInBothNamesAndTakesItLiterally() {
        assertThat(people(search("  LIMA "))).containsExactly(ana, caio);
        assertThat(people(search("_"))).containsExactly(bea);
        assertThat(people(search("%"))).containsExactly(caio);
        assertThat(people(search("\\"))).isEmpty();
    }

    @Test
    void narrowsToADepartmentAndToTheScope() {
        Query ofIcu = new Query("", Optional.of("icu"), 0, 10);
        Scope laboratory = new Scope.Within(caio.department());

        assertThat(people(site.register().list(ofIcu, EVERYWHERE))).containsExactly(ana, bea);
        assertThat(site.register().list(ofIcu, laboratory)).isEqualTo(new Page(List.of(), 0));
        assertThat(people(site.register().list(new Query("", Optional.empty(), 0, 10), laboratory)))
                .containsExactly(caio);
        assertThat(site.register().find(ana.id(), laboratory)).isEmpty();
    }

    @Test
    void narrowsToStatusEnrolmentAndRole() {
        Subject gone =
                new Subject(UUID.randomUUID(), "dora", "Dora Reis", icu.id(), Set.of(Role.AUDITOR, Role.STAFF), false);
        site.subjects().add(gone);
        site.work()
                .run(() -> site.references()
                        .activate(new NewReference(
                                new Reference(
                                        UUID.randomUUID(),
                                        bea.id(),
                                        icu.id(),
                                        FeatureVector.normalised(new ExtractorId("ab".repeat(32)), new float[] {1, 2})),
                                80,
                                3,
                                ana.id(),
                                MONDAY)));

        assertThat(people(narrowed(Optional.of(true), Optional.empty(), Optional.empty())))
                .containsExactly(ana, bea, caio);
        assertThat(people(narrowed(Optional.of(false), Optional.empty(), Optional.empty())))
                .containsExactly(gone);
        assertThat(people(narrowed(Optional.empty(), Optional.of(true), Optional.empty())))
                .containsExactly(bea);
        assertThat(narrowed(Optional.of(true), Optional.of(false), Optional.empty())
                        .total())
                .isEqualTo(2);
        assertThat(people(narrowed(Optional.empty(), Optional.empty(), Optional.of(Role.AUDITOR))))
                .containsExactly(gone);
        assertThat(people(narrowed(Optional.empty(), Optional.empty(), Optional.of(Role.ADMIN))))
                .isEmpty();
    }

    private Page narrowed(Optional<Boolean> active, Optional<Boolean> enrolled, Optional<Role> role) {
        return site.register().list(new Query("", Optional.empty(), active, enrolled, role, 0, 10), EVERYWHERE);
    }

    private Page all(int offset, int limit) {
        return site.register().list(new Query("", Optional.empty(), offset, limit), EVERYWHERE);
    }

    private Page search(String text) {
        return site.register().list(new Query(text, Optional.empty(), 0, 10), EVERYWHERE);
    }

    private static List<Subject> people(Page page) {
        return page.rows().stream().map(Row::subject).toList();
    }

    private Subject person(String username, String name, Department department) {
        Subject subject = new Subject(UUID.randomUUID(), username, name, department.id(), Set.of(), true);
        site.subjects().add(subject);
        return subject;
    }
}
