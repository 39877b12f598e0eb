package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.TemplateFormat;

/** What {@link org.vultus.access.enrol.References} must do. */
public abstract class ReferencesContract extends SiteContract {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    private static final ExtractorId OTHER_EXTRACTOR = new ExtractorId("cd".repeat(32));

    private Department icu;
    private Subject officer;
    private Subject ana;

    @BeforeEach
    void people() {
        icu = department("icu");
        officer = subject("officer", icu);
        ana = consenting("ana");
    }

    @Test
    void givesBackEveryBitThatATemplateKeeps() {
        Reference reference = activate(ana, EXTRACTOR, 1);

        assertThat(site.references().active(ana.id(), EXTRACTOR)).contains(reference);
    }

    @Test
    void doesNotGiveFeaturesOfAnotherExtractorOrOfNobody() {
        activate(ana, EXTRACTOR, 1);

        assertThat(site.references().active(ana.id(), OTHER_EXTRACTOR)).isEmpty();
        assertThat(site.references().active(officer.id(), EXTRACTOR)).isEmpty();
        assertThat(site.references().active(UUID.randomUUID(), EXTRACTOR)).isEmpty();
    }

    @Test
    void tellsWhoHasAReferenceInForce() {
        activate(ana, EXTRACTOR, 1);
        Subject bea = consenting("bea");
        activate(bea, OTHER_EXTRACTOR, 2);
        List<UUID> all = List.of(ana.id(), bea.id(), officer.id(), UUID.randomUUID());

        assertThat(site.references().inForce(all)).containsExactlyInAnyOrder(ana.id(), bea.id());
        assertThat(site.references().inForce(List.of(bea.id()))).containsExactly(bea.id());
        assertThat(site.references().inForce(List.of())).isEmpty();

        revoke(ana);
        assertThat(site.references().inForce(all)).containsExactly(bea.id());
    }

    @Test
    void takesAReferenceAlongToAnotherDepartment() {
        Reference reference = activate(ana, EXTRACTOR, 1);
        Department laboratory = department("laboratory");
        site.subjects()
                .update(
                        new Subject(ana.id(), ana.username(), ana.displayName(), laboratory.id(), ana.roles(), true),
                        EVERYWHERE);

        site.references().move(ana.id(), laboratory.id());
        site.references().move(officer.id(), laboratory.id());

        Reference moved = new Reference(reference.enrolment(), ana.id(), laboratory.id(), reference.features());
        assertThat(site.references().active(ana.id(), EXTRACTOR)).contains(moved);
        assertThat(all(EXTRACTOR)).containsExactly(moved);
    }

    @Test
    void replacesTheReferenceThatWasInForce() {
        activate(ana, EXTRACTOR, 1);
        Reference second = activate(ana, EXTRACTOR, 2);

        assertThat(site.references().active(ana.id(), EXTRACTOR)).contains(second);
        assertThat(all(EXTRACTOR)).containsExactly(second);
    }

    @Test
    void replacesAReferenceOfAnotherExtractor() {
        activate(ana, OTHER_EXTRACTOR, 1);
        Reference second = activate(ana, EXTRACTOR, 2);

        assertThat(site.references().active(ana.id(), EXTRACTOR)).contains(second);
        assertThat(site.references().active(ana.id(), OTHER_EXTRACTOR)).isEmpty();
        assertThat(site.references().forEachActive(EXTRACTOR, unused -> {})).isZero();
    }

    @Test
    void hasNoReferenceAfterRevokingItAndCanHaveANewOne() {
        activate(ana, EXTRACTOR, 1);

        assertThat(revoke(ana)).isTrue();
        assertThat(revoke(ana)).isFalse();
        assertThat(site.references().active(ana.id(), EXTRACTOR)).isEmpty();
        assertThat(all(EXTRACTOR)).isEmpty();

        Reference again = activate(ana, EXTRACTOR, 3);
        assertThat(site.references().active(ana.id(), EXTRACTOR)).contains(again);
    }

    @Test
    void revokesNobodyElses() {
        Subject bea = consenting("bea");
        Reference anas = activate(ana, EXTRACTOR, 1);
        activate(bea, EXTRACTOR, 2);

        revoke(bea);

        assertThat(all(EXTRACTOR)).containsExactly(anas);
    }

    @Test
    void handsOverThoseWhoMaySignInAndCountsThoseWhoMustEnrolAgain() {
        Subject withdrawn = consenting("withdrawn");
        Subject gone = consenting("gone");
        Subject outdated = consenting("outdated");
        Reference anas = activate(ana, EXTRACTOR, 1);
        activate(withdrawn, EXTRACTOR, 2);
        activate(gone, EXTRACTOR, 3);
        activate(outdated, OTHER_EXTRACTOR, 4);
        site.bases().withdraw(withdrawn.id(), withdrawn.id(), MONDAY.plusSeconds(1));
        site.subjects().update(deactivated(gone), EVERYWHERE);

        List<Reference> handed = Collections.synchronizedList(new ArrayList<>());
        int others = site.references().forEachActive(EXTRACTOR, handed::add);

        assertThat(handed).containsExactly(anas);
        assertThat(others).isEqualTo(1);
    }

    private Subject consenting(String username) {
        Subject subject = subject(username, icu);
        site.work().run(() -> site.bases().record(consent(subject, officer, MONDAY)));
        return subject;
    }

    private Reference activate(Subject subject, ExtractorId extractor, int seed) {
        // What a template keeps of three values whose length is not 1 beforehand.
        FeatureVector features = TemplateFormat.read(
                TemplateFormat.write(FeatureVector.normalised(extractor, new float[] {seed, -0.3f, 1e-3f})));
        Reference reference = new Reference(UUID.randomUUID(), subject.id(), subject.department(), features);
        site.work()
                .run(() -> site.references()
                        .activate(new NewReference(reference, 77, 5, officer.id(), MONDAY.plusSeconds(seed))));
        return reference;
    }

    private boolean revoke(Subject subject) {
        return site.work().call(() -> site.references().revoke(subject.id(), MONDAY.plusSeconds(60)));
    }

    private List<Reference> all(ExtractorId extractor) {
        List<Reference> all = Collections.synchronizedList(new ArrayList<>());
        site.references().forEachActive(extractor, all::add);
        return all;
    }
}
