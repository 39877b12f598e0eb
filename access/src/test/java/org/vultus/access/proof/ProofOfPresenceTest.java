package org.vultus.access.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.consent.Purpose;
import org.vultus.access.memory.Hospital;
import org.vultus.access.privacy.Retention;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.image.Region;
import org.vultus.biometrics.image.RgbImage;
import org.vultus.biometrics.image.Thumbnail;
import org.vultus.testkit.PaintedFace;

class ProofOfPresenceTest {
    private static final Scope EVERYWHERE = new Scope.Everywhere();

    private final Hospital hospital = new Hospital();
    private final ProofOfPresence proofs = hospital.proofs();
    private final Department gate = hospital.department("gate", policy(new ProofPolicy(true, 30)));
    private final Subject dan = hospital.enrolled("dan", gate, PaintedFace.of(4));
    private final Actor byDan = Actor.of(dan.id());

    private static DepartmentPolicy policy(ProofPolicy proof) {
        return new DepartmentPolicy(LivenessPolicy.PASSIVE, true, 1e-4, 1e-3, proof);
    }

    private static Thumbnail picture() {
        RgbImage image = new RgbImage(100, 100);
        return Thumbnail.of(image, Region.of(image));
    }

    private UUID kept(boolean expected) {
        return kept(hospital.clock.instant(), expected);
    }

    private UUID kept(Instant at, boolean expected) {
        UUID event = UUID.randomUUID();
        boolean kept = hospital.site.work().call(() -> proofs.keep(dan, picture(), event, at));
        assertThat(kept).isEqualTo(expected);
        return event;
    }

    @Test
    void policyAndConsentMustBothSayYes() {
        assertThat(proofs.wanted(dan)).isFalse();
        kept(false);
        proofs.consent(dan, "2026-11", byDan);
        assertThat(proofs.wanted(dan)).isTrue();
        kept(true);

        Subject ana = hospital.enrolled("ana", hospital.laboratory, PaintedFace.of(1));
        proofs.consent(ana, "2026-11", Actor.of(ana.id()));
        assertThat(proofs.wanted(ana)).isFalse();
        assertThat(hospital.site
                        .work()
                        .call(() -> proofs.keep(ana, picture(), UUID.randomUUID(), Instant.MAX.minusSeconds(1))))
                .isFalse();
        assertThat(DepartmentPolicy.DEFAULT.proof()).isEqualTo(new ProofPolicy(false, 30));
    }

    @Test
    void whatWaitedTooLongAtItsKioskIsNotKept() {
        proofs.consent(dan, "2026-11", byDan);
        Instant now = hospital.clock.instant();
        kept(now.minus(Duration.ofDays(30)).plusMillis(1), true);
        kept(now.minus(Duration.ofDays(30)), false);
    }

    @Test
    void consentIsAPurposeOfItsOwnAndWithdrawalRemovesThePictures() {
        proofs.consent(dan, "2026-11", byDan);
        UUID event = kept(true);
        assertThat(proofs.consent(dan.id()).orElseThrow().noticeVersion()).isEqualTo("2026-11");

        proofs.withdraw(dan, byDan);

        assertThat(proofs.show(event, EVERYWHERE, byDan)).isEmpty();
        assertThat(proofs.consent(dan.id())).isEmpty();
        kept(false);
        // Faces are recognised as before.
        assertThat(hospital.site.bases().inForce(dan.id())).isPresent();
        assertThat(hospital.events(Action.CONSENT_WITHDRAWN))
                .singleElement()
                .satisfies(done -> assertThat(done.detail())
                        .containsEntry("purpose", "PROOF_OF_PRESENCE")
                        .containsEntry("pictures_removed", "1"));
        proofs.withdraw(dan, byDan);
        assertThat(hospital.events(Action.CONSENT_WITHDRAWN)).hasSize(1);
        assertThat(hospital.events(Action.LEGAL_BASIS_RECORDED))
                .singleElement()
                .satisfies(done -> assertThat(done.detail()).containsEntry("purpose", "PROOF_OF_PRESENCE"));
    }

    @Test
    void theEndOfTheFaceIsTheEndOfThePictures() {
        proofs.consent(dan, "2026-11", byDan);
        UUID event = kept(true);

        assertThat(hospital.withdrawal().withdraw(dan.id(), EVERYWHERE, byDan)).isTrue();

        assertThat(proofs.show(event, EVERYWHERE, byDan)).isEmpty();
        assertThat(proofs.consent(dan.id())).isEmpty();
    }

    @Test
    void eachLookIsRemembered() {
        proofs.consent(dan, "2026-11", byDan);
        UUID event = kept(true);

        assertThat(proofs.show(event, new Scope.Within(gate.id()), hospital.byOfficer))
                .isPresent();
        assertThat(proofs.show(event, new Scope.Within(hospital.icu.id()), hospital.byOfficer))
                .isEmpty();
        assertThat(proofs.show(UUID.randomUUID(), EVERYWHERE, hospital.byOfficer))
                .isEmpty();

        assertThat(hospital.events(Action.PRESENCE_PROOF_VIEWED))
                .singleElement()
                .satisfies(look -> {
                    assertThat(look.subject()).isEqualTo(dan.id());
                    assertThat(look.department()).isEqualTo(gate.id());
                    assertThat(look.actor()).isEqualTo(hospital.byOfficer);
                    assertThat(look.detail()).containsEntry("event", event.toString());
                });
    }

    @Test
    void housekeepingRemovesWhatIsDueAndSaysSo() {
        proofs.consent(dan, "2026-11", byDan);
        UUID first = kept(true);
        hospital.clock.advance(Duration.ofDays(1));
        UUID second = kept(true);
        Retention retention = hospital.retention(
                new Retention.Periods(Duration.ofDays(180), Duration.ofDays(90), Duration.ofDays(1826)));

        hospital.clock.advance(Duration.ofDays(29));
        retention.apply();

        assertThat(proofs.show(first, EVERYWHERE, byDan)).isEmpty();
        assertThat(proofs.show(second, EVERYWHERE, byDan)).isPresent();
        assertThat(hospital.events(Action.RETENTION_APPLIED))
                .singleElement()
                .satisfies(done -> assertThat(done.detail()).containsEntry("pictures_of_punches", "1"));
        retention.apply();
        assertThat(hospital.events(Action.RETENTION_APPLIED)).hasSize(1);
    }

    @Test
    void onlyConsentServes() {
        assertThatThrownBy(() -> new BasisRecord(
                        UUID.randomUUID(),
                        dan.id(),
                        Purpose.PROOF_OF_PRESENCE,
                        LegalBasis.FRAUD_PREVENTION_AND_SECURITY,
                        "it is useful",
                        "1",
                        dan.id(),
                        Instant.EPOCH,
                        null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProofPolicy(true, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProofPolicy(true, 366)).isInstanceOf(IllegalArgumentException.class);
    }
}
