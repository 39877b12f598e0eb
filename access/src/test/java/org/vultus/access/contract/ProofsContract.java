package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.enrol.NewReference;
import org.vultus.access.enrol.Reference;
import org.vultus.access.privacy.PersonalData;
import org.vultus.access.proof.Proof;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/** What {@link org.vultus.access.proof.Proofs} must do. */
public abstract class ProofsContract extends SiteContract {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));

    private Department icu;
    private Department lab;
    private Subject ana;
    private Subject bea;

    @BeforeEach
    void people() {
        icu = department("icu");
        lab = department("lab");
        keeps(icu, 30);
        keeps(lab, 7);
        ana = enrolled("ana", icu);
        bea = enrolled("bea", lab);
    }

    private void keeps(Department department, int days) {
        policy(department, new ProofPolicy(true, days));
    }

    private void policy(Department department, ProofPolicy proof) {
        site.departments()
                .update(new Department(
                        department.id(),
                        department.code(),
                        department.name(),
                        new DepartmentPolicy(LivenessPolicy.PASSIVE, true, 1e-4, 1e-3, proof),
                        true));
    }

    private Subject enrolled(String name, Department department) {
        Subject subject = subject(name, department);
        site.work()
                .run(() -> site.references()
                        .activate(new NewReference(
                                new Reference(
                                        UUID.randomUUID(),
                                        subject.id(),
                                        department.id(),
                                        FeatureVector.normalised(EXTRACTOR, new float[] {1, 2})),
                                80,
                                5,
                                subject.id(),
                                MONDAY)));
        return subject;
    }

    private Proof kept(Subject subject, Instant at) {
        Proof proof = new Proof(site.punched(subject), subject.id(), subject.department(), at);
        assertThat(site.proofs().add(proof, picture(proof))).isTrue();
        return proof;
    }

    private static byte[] picture(Proof proof) {
        return ("picture of " + proof.event()).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void givesBackThePictureToWhomItMayBeShown() {
        Proof proof = kept(ana, MONDAY);

        assertThat(site.proofs().find(proof.event(), EVERYWHERE)).contains(proof);
        assertThat(site.proofs().find(proof.event(), new Scope.Within(icu.id())))
                .contains(proof);
        assertThat(site.proofs().find(proof.event(), new Scope.Within(lab.id())))
                .isEmpty();
        assertThat(site.proofs().picture(proof)).contains(picture(proof));
        UUID without = site.punched(ana);
        assertThat(site.proofs().among(List.of(proof.event(), without))).containsExactly(proof.event());
        assertThat(site.proofs().find(without, EVERYWHERE)).isEmpty();
        assertThat(site.records().describe(ana.id()).orElseThrow().pictures())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.event()).isEqualTo(proof.event());
                    assertThat(one.takenAt()).isEqualTo(MONDAY);
                    assertThat(one.jpeg()).isEqualTo(picture(proof));
                });
        assertThat(site.records().describe(bea.id()).map(PersonalData::pictures))
                .contains(List.of());
    }

    @Test
    void keepsNoneOfWhoHasNoKey() {
        Subject carla = subject("carla", icu);
        Proof proof = new Proof(site.punched(carla), carla.id(), icu.id(), MONDAY);

        assertThat(site.proofs().add(proof, picture(proof))).isFalse();
        assertThat(site.proofs().find(proof.event(), EVERYWHERE)).isEmpty();
    }

    @Test
    void keepsTheFirstOfAPunch() {
        Proof proof = kept(ana, MONDAY);

        assertThat(site.proofs().add(proof, new byte[] {1})).isFalse();
        assertThat(site.proofs().picture(proof)).contains(picture(proof));
    }

    @Test
    void removesThoseOfOnePerson() {
        kept(ana, MONDAY);
        kept(ana, MONDAY.plusSeconds(1));
        Proof other = kept(bea, MONDAY);

        assertThat(site.proofs().remove(ana.id())).isEqualTo(2);
        assertThat(site.proofs().remove(ana.id())).isZero();
        assertThat(site.proofs().picture(other)).isPresent();
    }

    @Test
    void removesWhatIsDueInEachDepartment() {
        Proof long1 = kept(ana, MONDAY);
        Proof short1 = kept(bea, MONDAY);
        Proof short2 = kept(bea, MONDAY.plusSeconds(1));

        assertThat(site.proofs().removeDue(MONDAY.plus(Duration.ofDays(7)).minusMillis(1)))
                .isZero();
        assertThat(site.proofs().removeDue(MONDAY.plus(Duration.ofDays(7)))).isEqualTo(1);
        assertThat(site.proofs().among(List.of(long1.event(), short1.event(), short2.event())))
                .containsExactlyInAnyOrder(long1.event(), short2.event());
        policy(icu, new ProofPolicy(false, 30));
        assertThat(site.proofs().removeDue(MONDAY.plusSeconds(1))).isEqualTo(1);
        assertThat(site.proofs().among(List.of(long1.event(), short2.event()))).containsExactly(short2.event());
    }

    @Test
    void goesWithTheReferenceAndWithThePerson() {
        Proof anas = kept(ana, MONDAY);
        Proof beas = kept(bea, MONDAY);

        site.work().run(() -> site.references().revoke(ana.id(), MONDAY.plusSeconds(9)));
        assertThat(site.proofs().find(anas.event(), EVERYWHERE)).isEmpty();
        assertThat(site.proofs().picture(beas)).isPresent();

        site.work().run(() -> site.records().destroy(bea.id(), ana.id(), MONDAY.plusSeconds(9)));
        assertThat(site.proofs().picture(beas)).isEmpty();
        assertThat(site.proofs().among(List.of(anas.event(), beas.event()))).isEmpty();
    }
}
