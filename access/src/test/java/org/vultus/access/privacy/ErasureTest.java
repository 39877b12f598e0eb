package org.vultus.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.memory.Hospital;
import org.vultus.access.signin.AuthenticationMethod;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.subject.Subject;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

class ErasureTest {
    private final Hospital hospital = new Hospital();
    private final Subject ana = hospital.enrolled("ana", hospital.icu, PaintedFace.of(1));
    private final Subject bea = hospital.enrolled("bea", hospital.icu, PaintedFace.of(2));
    private final List<ErasureCertificate> signed = new ArrayList<>();
    private final CertificateSigner signer = certificate -> {
        signed.add(certificate);
        return "certificate " + certificate.id();
    };

    @Test
    void erasesTheRecordAndTheFaceAndCertifiesIt() {
        assertThat(hospital.erasure(signer).erase(ana.id(), hospital.byOfficer))
                .contains("certificate " + signed.getFirst().id());

        assertThat(signed).singleElement().satisfies(certificate -> {
            assertThat(certificate.subject()).isEqualTo(ana.id());
            assertThat(certificate.erasedAt()).isEqualTo(hospital.clock.instant());
            assertThat(certificate.destroyed().dataKeys()).isEqualTo(1);
        });
        assertThat(hospital.site.subjects().find(ana.id(), Hospital.EVERYWHERE)).isEmpty();
        assertThat(hospital.gallery.searchEverywhere(PaintedNetworks.features(PaintedFace.of(1)), 9))
                .singleElement()
                .satisfies(other -> assertThat(other.subject()).isEqualTo(bea.id()));
        assertThat(hospital.events(Action.SUBJECT_ERASED))
                .containsExactly(AuditEvent.done(Action.SUBJECT_ERASED, hospital.byOfficer, ana.id(), null)
                        .with("certificate", signed.getFirst().id().toString())
                        .with("data_key_destroyed", "true")
                        .with("enrolments", "1")
                        .with("attempts", "0"));
    }

    @Test
    void givesTheSameCertificateAgain() {
        Erasure erasure = hospital.erasure(signer);
        String first = erasure.erase(ana.id(), hospital.byOfficer).orElseThrow();

        assertThat(erasure.erase(ana.id(), hospital.byOfficer)).contains(first);
        assertThat(signed).hasSize(1);
        assertThat(hospital.events(Action.SUBJECT_ERASED)).hasSize(1);
    }

    @Test
    void erasesNothingWhenItCannotBeCertifiedAndCanBeRepeated() {
        Erasure broken = hospital.erasure(certificate -> {
            throw new IllegalStateException("killed");
        });

        assertThatThrownBy(() -> broken.erase(ana.id(), hospital.byOfficer)).hasMessage("killed");
        assertThat(hospital.site.subjects().find(ana.id(), Hospital.EVERYWHERE)).contains(ana);
        assertThat(hospital.gallery.size()).isEqualTo(2);
        assertThat(hospital.site.trail()).isEmpty();

        assertThat(hospital.erasure(signer).erase(ana.id(), hospital.byOfficer)).isPresent();
    }

    @Test
    void erasesNobodyWhoIsNotThereAndNotOneself() {
        Erasure erasure = hospital.erasure(signer);

        assertThat(erasure.erase(UUID.randomUUID(), hospital.byOfficer)).isEmpty();
        assertThatThrownBy(() -> erasure.erase(ana.id(), Actor.of(ana.id())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(signed).isEmpty();
        assertThat(hospital.gallery.size()).isEqualTo(2);
    }

    @Test
    void theTemplateOfWhoLeftIsDestroyedWhenItsTimeIsUp() {
        Retention retention = hospital.retention(
                new Retention.Periods(Duration.ofDays(180), Duration.ofDays(90), Duration.ofDays(1826)));
        hospital.deactivate(ana);

        hospital.clock.advance(Duration.ofDays(89));
        retention.apply();
        assertThat(hospital.site.references().active(ana.id(), PaintedNetworks.EXTRACTOR))
                .isPresent();

        hospital.clock.advance(Duration.ofDays(2));
        retention.apply();
        retention.apply();
        assertThat(hospital.site.references().active(ana.id(), PaintedNetworks.EXTRACTOR))
                .isEmpty();
        assertThat(hospital.site.references().active(bea.id(), PaintedNetworks.EXTRACTOR))
                .isPresent();
        assertThat(hospital.gallery.size()).isEqualTo(1);
        assertThat(hospital.events(Action.TEMPLATE_REVOKED))
                .containsExactly(AuditEvent.done(Action.TEMPLATE_REVOKED, Actor.SYSTEM, ana.id(), null)
                        .with("reason", "INACTIVE"));
    }

    @Test
    void attemptsAreForgottenWhenTheirTimeIsUpAndThatIsRemembered() {
        hospital.site
                .log()
                .append(new SignInLog.Entry(
                        hospital.clock.instant(),
                        null,
                        hospital.icu.id(),
                        ana.id(),
                        AuthenticationMethod.PASSWORD,
                        true,
                        "ACCEPTED",
                        null,
                        null,
                        null,
                        0,
                        Duration.ZERO,
                        null,
                        null));
        Retention retention = hospital.retention(
                new Retention.Periods(Duration.ofDays(180), Duration.ofDays(90), Duration.ofDays(1826)));

        hospital.clock.advance(Duration.ofDays(179));
        retention.apply();
        assertThat(hospital.site.attempts()).hasSize(1);

        hospital.clock.advance(Duration.ofDays(2));
        retention.apply();
        retention.apply();
        assertThat(hospital.site.attempts()).isEmpty();
        assertThat(hospital.events(Action.RETENTION_APPLIED))
                .containsExactly(AuditEvent.done(Action.RETENTION_APPLIED, Actor.SYSTEM, null, null)
                        .with("attempts", "1"));
    }

    @Test
    void asksOnceAndIsAnswered() {
        Requests requests =
                new Requests(hospital.site.requests(), hospital.site.audit(), hospital.site.work(), hospital.clock);
        Actor anaHerself = Actor.of(ana.id());

        PrivacyRequest asked = requests.ask(ana, PrivacyRequest.Kind.ERASURE, "  please ", anaHerself);
        assertThat(asked.words()).isEqualTo("please");
        assertThat(requests.ask(ana, PrivacyRequest.Kind.ERASURE, null, anaHerself))
                .isEqualTo(asked);
        assertThatThrownBy(() -> requests.ask(ana, PrivacyRequest.Kind.OBJECTION, "x".repeat(2001), anaHerself))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> requests.answer(asked.id(), " ", hospital.byOfficer))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(requests.answer(asked.id(), "Not before the process ends.", hospital.byOfficer))
                .hasValueSatisfying(answered -> assertThat(answered.open()).isFalse());
        assertThat(requests.answer(asked.id(), "Again.", hospital.byOfficer)).isEmpty();
        assertThat(hospital.events(Action.ERASURE_REQUESTED)).hasSize(1);
        assertThat(hospital.events(Action.PRIVACY_REQUEST_ANSWERED)).hasSize(1);
    }
}
