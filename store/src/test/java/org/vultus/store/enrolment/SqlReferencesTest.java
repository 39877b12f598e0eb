package org.vultus.store.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.store.Crowd;
import org.vultus.store.People;
import org.vultus.store.SqlSite;
import org.vultus.store.TestDatabase;
import org.vultus.store.keys.FirstFormat;
import org.vultus.store.keys.SealBroken;
import org.vultus.testkit.ManualClock;

class SqlReferencesTest {
    private TestDatabase database;
    private SqlSite site;
    private People people;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
        site = SqlSite.over(database, new ManualClock(People.MONDAY));
        people = new People(site);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void handsOverMoreThanOnePage() {
        List<Reference> all = Collections.synchronizedList(new ArrayList<>());
        site.work().run(() -> {
            for (int i = 0; i < 1001; i++) {
                all.add(people.enrol(people.person("p" + i), i));
            }
        });

        assertThat(handed()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void templatesOfBothFormatsAreReadUntilSomebodyEnrolsAnew() throws GeneralSecurityException {
        Subject ana = people.person("ana");
        Reference before = people.enrol(ana, 1);
        // With bits that a template of today would round away.
        FeatureVector floats = FeatureVector.normalised(People.EXTRACTOR, new float[] {1, 1e-7f, -0.3f});
        FirstFormat.store(site, ana.id(), floats);
        Reference anas = new Reference(before.enrolment(), ana.id(), ana.department(), floats);
        Reference beas = people.enrol(people.person("bea"), 2);

        assertThat(handed()).containsExactlyInAnyOrder(anas, beas);
        assertThat(site.references().active(ana.id(), People.EXTRACTOR)).contains(anas);
        assertThat(references().inForce(ana.id(), People.EXTRACTOR)).contains(anas);
        assertThat(references().inForce(beas.subject(), People.EXTRACTOR)).contains(beas);

        // The number of the format is sealed with the template.
        site.jdbc()
                .sql("UPDATE face_enrollments SET format = 3 - format WHERE subject_id = ?")
                .param(ana.id())
                .update();
        assertThat(handed()).containsExactly(beas);

        Reference anew = people.enrol(ana, 3);
        assertThat(handed()).containsExactlyInAnyOrder(anew, beas);
        assertThat(count("face_enrollments WHERE status = 'ACTIVE' AND format = 2"))
                .isEqualTo(2);
    }

    @Test
    void aTemplateCopiedToAnotherPersonDoesNotOpenAndKeepsNobodyElseOut() {
        Subject ana = people.person("ana");
        Subject mallory = people.person("mallory");
        Reference anas = people.enrol(ana, 1);
        people.enrol(mallory, 2);

        site.jdbc()
                .sql("UPDATE face_enrollments m SET template = a.template FROM face_enrollments a"
                        + " WHERE m.subject_id = ? AND a.subject_id = ?")
                .params(mallory.id(), ana.id())
                .update();
        assertThatThrownBy(() -> site.references().active(mallory.id(), People.EXTRACTOR))
                .isInstanceOf(SealBroken.class);
        assertThat(handed()).containsExactly(anas);

        // With the data key copied too.
        site.jdbc()
                .sql("UPDATE subject_keys m SET wrapped_key = a.wrapped_key FROM subject_keys a"
                        + " WHERE m.subject_id = ? AND a.subject_id = ?")
                .params(mallory.id(), ana.id())
                .update();
        assertThatThrownBy(() -> site.references().active(mallory.id(), People.EXTRACTOR))
                .isInstanceOf(SealBroken.class);
        assertThat(handed()).containsExactly(anas);
    }

    @Test
    void revocationDestroysTheTemplateAndTheKeyTogetherOrNotAtAll() {
        Subject ana = people.person("ana");
        Reference anas = people.enrol(ana, 1);

        assertThatThrownBy(() -> site.work().run(() -> {
                    site.references().revoke(ana.id(), People.MONDAY.plusSeconds(5));
                    throw new IllegalStateException("the work fails");
                }))
                .hasMessage("the work fails");
        assertThat(site.references().active(ana.id(), People.EXTRACTOR)).contains(anas);

        site.work().run(() -> site.references().revoke(ana.id(), People.MONDAY.plusSeconds(5)));
        assertThat(count("face_enrollments WHERE template IS NOT NULL")).isZero();
        assertThat(count("subject_keys")).isZero();
        assertThat(count("face_enrollments WHERE status = 'REVOKED'")).isEqualTo(1);
    }

    @Test
    void referencesComeInPagesAndTheConnectionIsGivenBackAlsoWhenTheReaderFails() {
        for (int i = 0; i < 5; i++) {
            people.enrol(people.person("p" + i), i);
        }
        List<Integer> sizes = new ArrayList<>();
        Set<UUID> met = new HashSet<>();
        Thread caller = Thread.currentThread();
        references().forEachPage(People.EXTRACTOR, 2, page -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            sizes.add(page.size());
            page.forEach(reference -> met.add(reference.subject()));
        });
        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(met).hasSize(5);

        // More often than there are connections.
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> references().forEachPage(People.EXTRACTOR, 2, page -> {
                        throw new IllegalStateException("the reader fails");
                    }))
                    .hasMessage("the reader fails");
            assertThatThrownBy(() -> references().forEachActive(People.EXTRACTOR, reference -> {
                        throw new IllegalStateException("the reader fails");
                    }))
                    .hasMessage("the reader fails");
        }
        assertThat(handed()).hasSize(5);
    }

    @Test
    void whoStopsInTheMiddleOfThousandsLeavesTheConnectionAsItWas() {
        Crowd.enrol(database.owner(), site.siteKeys(), people.department(), People.EXTRACTOR, 5_000);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> references().forEachGroup(People.EXTRACTOR, page -> {
                        throw new IllegalStateException("the reader fails");
                    }))
                    .hasMessage("the reader fails");
            assertThatThrownBy(() -> references().forEachPage(People.EXTRACTOR, 10, page -> {
                        throw new IllegalStateException("the reader fails");
                    }))
                    .hasMessage("the reader fails");
        }
        assertThat(handed()).hasSize(5_000);
        assertThat(references().countAbout()).hasValue(5_000);
    }

    @Test
    void referencesOfAnotherExtractorAreCountedAndNotHandedOver() {
        ExtractorId another = new ExtractorId("cd".repeat(32));
        Crowd.enrol(database.owner(), site.siteKeys(), people.department(), another, 300);
        Reference anas = people.enrol(people.person("ana"), 1);
        List<Reference> handed = Collections.synchronizedList(new ArrayList<>());
        assertThat(references().forEachGroup(People.EXTRACTOR, page -> {
                    assertThat(page).isNotEmpty();
                    handed.addAll(page);
                }))
                .isEqualTo(300);
        assertThat(handed).containsExactly(anas);
        List<Reference> paged = new ArrayList<>();
        references().forEachPage(People.EXTRACTOR, 10, paged::addAll);
        assertThat(paged).containsExactly(anas);
    }

    @Test
    void whatWasNeverCountedHasNoNumber() {
        assertThat(references().countAbout()).isEmpty();
    }

    private SqlReferences references() {
        return (SqlReferences) site.references();
    }

    private List<Reference> handed() {
        List<Reference> handed = Collections.synchronizedList(new ArrayList<>());
        site.references().forEachActive(People.EXTRACTOR, handed::add);
        return handed;
    }

    private int count(String rows) {
        return site.jdbc()
                .sql("SELECT count(*) FROM " + rows)
                .query(Integer.class)
                .single();
    }
}
