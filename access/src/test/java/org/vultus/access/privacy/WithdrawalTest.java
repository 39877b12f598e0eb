package org.vultus.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

class WithdrawalTest {
    private final Hospital hospital = new Hospital();
    private final Subject ana = hospital.enrolled("ana", hospital.icu, PaintedFace.of(1));
    private final Subject bea = hospital.enrolled("bea", hospital.icu, PaintedFace.of(2));

    @Test
    void endsTheBasisAndDestroysTheReferenceEverywhere() {
        assertThat(hospital.withdrawal().withdraw(ana.id(), Hospital.EVERYWHERE, Actor.of(ana.id())))
                .isTrue();

        assertThat(hospital.site.bases().inForce(ana.id())).isEmpty();
        assertThat(hospital.site.bases().history(ana.id()))
                .singleElement()
                .satisfies(basis -> assertThat(basis.withdrawnAt()).isEqualTo(hospital.clock.instant()));
        assertThat(hospital.site.references().active(ana.id(), PaintedNetworks.EXTRACTOR))
                .isEmpty();
        assertThat(hospital.gallery.searchEverywhere(PaintedNetworks.features(PaintedFace.of(1)), 9))
                .singleElement()
                .satisfies(other -> assertThat(other.subject()).isEqualTo(bea.id()));
        assertThat(hospital.site.references().active(bea.id(), PaintedNetworks.EXTRACTOR))
                .isPresent();
        assertThat(hospital.events(Action.CONSENT_WITHDRAWN))
                .containsExactly(
                        AuditEvent.done(Action.CONSENT_WITHDRAWN, Actor.of(ana.id()), ana.id(), hospital.icu.id())
                                .with("reference_destroyed", "true"));
        assertThat(hospital.events(Action.TEMPLATE_REVOKED))
                .containsExactly(
                        AuditEvent.done(Action.TEMPLATE_REVOKED, Actor.of(ana.id()), ana.id(), hospital.icu.id())
                                .with("reason", "WITHDRAWN"));
    }

    @Test
    void saysThatThereWasNoReferenceOfSomebodyWhoNeverEnrolled() {
        Subject caio = hospital.consenting("caio", hospital.icu);

        hospital.withdrawal().withdraw(caio.id(), Hospital.EVERYWHERE, hospital.byOfficer);

        assertThat(hospital.events(Action.CONSENT_WITHDRAWN))
                .containsExactly(
                        AuditEvent.done(Action.CONSENT_WITHDRAWN, hospital.byOfficer, caio.id(), hospital.icu.id())
                                .with("reference_destroyed", "false"));
    }

    @Test
    void mayBeRepeatedAndIsRememberedOnce() {
        hospital.withdrawal().withdraw(ana.id(), Hospital.EVERYWHERE, Actor.of(ana.id()));

        assertThat(hospital.withdrawal().withdraw(ana.id(), Hospital.EVERYWHERE, Actor.of(ana.id())))
                .isTrue();
        assertThat(hospital.events(Action.CONSENT_WITHDRAWN)).hasSize(1);
    }

    @Test
    void touchesNobodyOutsideOfTheScope() {
        Scope laboratory = new Scope.Within(hospital.laboratory.id());

        assertThat(hospital.withdrawal().withdraw(ana.id(), laboratory, hospital.byOfficer))
                .isFalse();
        assertThat(hospital.withdrawal().withdraw(UUID.randomUUID(), Hospital.EVERYWHERE, hospital.byOfficer))
                .isFalse();

        assertThat(hospital.site.bases().inForce(ana.id())).isPresent();
        assertThat(hospital.gallery.size()).isEqualTo(2);
        assertThat(hospital.site.trail()).isEmpty();
    }

    @Test
    void wantsToKnowWhoAsks() {
        assertThatThrownBy(() -> hospital.withdrawal().withdraw(ana.id(), Hospital.EVERYWHERE, Actor.SYSTEM))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(hospital.site.bases().inForce(ana.id())).isPresent();
    }
}
