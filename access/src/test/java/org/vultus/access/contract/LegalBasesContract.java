package org.vultus.access.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBasis;
import org.vultus.access.consent.Purpose;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.Subject;

/** What {@link org.vultus.access.consent.LegalBases} must do. */
public abstract class LegalBasesContract extends SiteContract {
    private static final Instant TUESDAY = MONDAY.plusSeconds(86_400);

    private Subject officer;
    private Subject ana;

    @BeforeEach
    void people() {
        Department icu = department("icu");
        officer = subject("officer", icu);
        ana = subject("ana", icu);
    }

    @Test
    void givesBackEveryFieldOfTheBasisInForce() {
        BasisRecord duty = new BasisRecord(
                UUID.randomUUID(),
                ana.id(),
                LegalBasis.LEGAL_OBLIGATION,
                "controlled substances",
                "2026-02 β",
                officer.id(),
                MONDAY,
                null);

        site.work().run(() -> site.bases().record(duty));

        assertThat(site.bases().inForce(ana.id())).contains(duty);
        assertThat(site.bases().history(ana.id())).containsExactly(duty);
    }

    @Test
    void knowsNoneForSomebodyElse() {
        site.work().run(() -> site.bases().record(consent(ana, officer, MONDAY)));

        assertThat(site.bases().inForce(officer.id())).isEmpty();
        assertThat(site.bases().history(officer.id())).isEmpty();
        assertThat(site.bases().withdraw(officer.id(), officer.id(), TUESDAY)).isFalse();
        assertThat(site.bases().inForce(ana.id())).isPresent();
    }

    @Test
    void endsTheOldBasisWhenANewOneIsRecorded() {
        BasisRecord first = consent(ana, officer, MONDAY);
        BasisRecord second = consent(ana, officer, TUESDAY);
        site.work().run(() -> site.bases().record(first));

        site.work().run(() -> site.bases().record(second));

        assertThat(site.bases().inForce(ana.id())).contains(second);
        assertThat(site.bases().history(ana.id())).containsExactly(ended(first, TUESDAY), second);
    }

    @Test
    void endsTheBasisOnWithdrawalOnce() {
        BasisRecord consent = consent(ana, officer, MONDAY);
        site.work().run(() -> site.bases().record(consent));

        assertThat(site.bases().withdraw(ana.id(), ana.id(), TUESDAY)).isTrue();
        assertThat(site.bases().withdraw(ana.id(), ana.id(), TUESDAY.plusSeconds(1)))
                .isFalse();

        assertThat(site.bases().inForce(ana.id())).isEmpty();
        assertThat(site.bases().history(ana.id())).containsExactly(ended(consent, TUESDAY));
    }

    @Test
    void keepsPurposesApart() {
        BasisRecord face = consent(ana, officer, MONDAY);
        BasisRecord picture = new BasisRecord(
                UUID.randomUUID(),
                ana.id(),
                Purpose.PROOF_OF_PRESENCE,
                LegalBasis.CONSENT,
                null,
                "2026-02",
                ana.id(),
                TUESDAY,
                null);
        site.work().run(() -> site.bases().record(face));
        site.work().run(() -> site.bases().record(picture));

        assertThat(site.bases().inForce(ana.id())).contains(face);
        assertThat(site.bases().inForce(ana.id(), Purpose.PROOF_OF_PRESENCE)).contains(picture);
        assertThat(site.work().call(() -> site.bases().holdInForce(ana.id(), Purpose.PROOF_OF_PRESENCE)))
                .contains(picture);
        assertThat(site.register().find(ana.id(), EVERYWHERE).orElseThrow().basis())
                .isEqualTo(face);

        Instant later = TUESDAY.plusSeconds(1);
        assertThat(site.bases().withdraw(ana.id(), Purpose.PROOF_OF_PRESENCE, ana.id(), later))
                .isTrue();
        assertThat(site.bases().inForce(ana.id(), Purpose.PROOF_OF_PRESENCE)).isEmpty();
        assertThat(site.bases().inForce(ana.id())).contains(face);
        assertThat(site.bases().history(ana.id())).containsExactly(face, ended(picture, later));
    }

    private static BasisRecord ended(BasisRecord basis, Instant at) {
        return basis.endedAt(at);
    }
}
