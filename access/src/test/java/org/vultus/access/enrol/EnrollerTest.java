package org.vultus.access.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.consent.BasisRecord;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.consent.Purpose;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

class EnrollerTest {
    private static final PaintedFace FACE = PaintedFace.of(1);

    private final Hospital hospital = new Hospital();
    private final Enroller enroller = hospital.enroller();

    @Test
    void keepsWhatTheImagesAgreeOn() {
        Subject ana = hospital.consenting("ana", hospital.icu);

        EnrolmentResult result = enrol(ana, FACE, FACE, FACE);

        EnrolmentResult.Enrolled enrolled = (EnrolmentResult.Enrolled) result;
        assertThat(enrolled.used()).isEqualTo(3);
        assertThat(enrolled.quality()).isBetween(60, 100);
        assertThat(enrolled.images()).extracting(ImageVerdict::index).containsExactly(0, 1, 2);
        assertThat(enrolled.images()).allMatch(ImageVerdict::accepted);
        assertThat(hospital.site.references().active(ana.id(), PaintedNetworks.EXTRACTOR))
                .contains(new Reference(
                        enrolled.enrolment(), ana.id(), hospital.icu.id(), PaintedNetworks.features(FACE)));
        assertThat(found(FACE)).containsExactly(ana.id());
        assertThat(hospital.gallery.size(hospital.icu.id())).isEqualTo(1);
        assertThat(hospital.events(Action.ENROLMENT))
                .containsExactly(AuditEvent.done(Action.ENROLMENT, hospital.byOfficer, ana.id(), hospital.icu.id())
                        .with("enrolment", enrolled.enrolment().toString())
                        .with("images", "3")
                        .with("quality", Integer.toString(enrolled.quality()))
                        .with("confirmed_distinct", "false"));
    }

    @Test
    void looksAtNothingWithoutALegalBasis() {
        Subject ana = hospital.person("ana", hospital.icu);

        assertThat(enrol(ana, FACE, FACE, FACE)).isEqualTo(new EnrolmentResult.NoLegalBasis());
        lookedAtNothing(ana, "NO_LEGAL_BASIS");
    }

    @Test
    void looksAtNothingAfterAWithdrawal() {
        Subject ana = hospital.consenting("ana", hospital.icu);
        hospital.site.bases().withdraw(ana.id(), ana.id(), hospital.clock.instant());

        assertThat(enrol(ana, FACE, FACE, FACE)).isEqualTo(new EnrolmentResult.NoLegalBasis());
        lookedAtNothing(ana, "NO_LEGAL_BASIS");
    }

    @Test
    void looksAtNothingOfSomebodyWhoIsDeactivated() {
        Subject ana = hospital.consenting("ana", hospital.icu);
        hospital.deactivate(ana);

        assertThat(enrol(ana, FACE, FACE, FACE)).isEqualTo(new EnrolmentResult.Inactive());
        lookedAtNothing(ana, "INACTIVE");
    }

    @Test
    void looksAtNothingOfSomebodyOutsideOfTheOfficersScope() {
        Subject ana = hospital.consenting("ana", hospital.icu);

        assertThat(enroller.enrol(
                        ana.id(),
                        FACE.samples(3),
                        false,
                        new Scope.Within(hospital.laboratory.id()),
                        hospital.byOfficer))
                .isEqualTo(new EnrolmentResult.UnknownSubject());
        assertThat(hospital.networks.decoded()).isZero();
        assertThat(hospital.events(Action.ENROLMENT))
                .containsExactly(
                        AuditEvent.refused(Action.ENROLMENT, hospital.byOfficer, null, null, "UNKNOWN_SUBJECT"));
    }

    @Test
    void keepsNothingWhenTheBasisEndsWhileTheImagesAreLookedAt() {
        Subject ana = hospital.consenting("ana", hospital.icu);

        EnrolmentResult result = enrol(hospital.enroller(new EndingBases(1)), ana, FACE, FACE, FACE);

        assertThat(result).isEqualTo(new EnrolmentResult.NoLegalBasis());
        assertThat(hospital.networks.decoded()).isEqualTo(3);
        keptNothingOf(ana);
        assertThat(hospital.events(Action.ENROLMENT))
                .extracting(AuditEvent::accepted)
                .containsExactly(false);
    }

    @Test
    void leavesNothingInTheGalleryWhenTheBasisEndsRightAfterTheReferenceWasKept() {
        Subject ana = hospital.consenting("ana", hospital.icu);

        enrol(hospital.enroller(new EndingBases(2)), ana, FACE, FACE, FACE);

        assertThat(found(FACE)).isEmpty();
    }

    @Test
    void tellsOfEachImageInOrderWhyTooFewAreGood() {
        Subject ana = hospital.consenting("ana", hospital.icu);
        List<CapturedSample> samples = List.of(
                FACE.sample(),
                FACE.withFaces(2).sample(),
                FACE.withFaces(0).sample(),
                FACE.withYaw(60).sample(),
                FACE.withLiveness(0).sample(),
                new CapturedSample("no image".getBytes(StandardCharsets.UTF_8)),
                FACE.sample());

        EnrolmentResult result = enroller.enrol(ana.id(), samples, false, Hospital.EVERYWHERE, hospital.byOfficer);

        EnrolmentResult.ImagesRefused refused = (EnrolmentResult.ImagesRefused) result;
        assertThat(refused.refusal().reason()).isEqualTo(Reason.TOO_FEW_IMAGES);
        assertThat(refused.images()).extracting(ImageVerdict::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(refused.images().stream().map(image -> image.reason().orElse(null)))
                .containsExactly(
                        null,
                        Reason.SEVERAL_FACES,
                        Reason.NO_FACE,
                        Reason.LOW_QUALITY,
                        Reason.PRESENTATION_ATTACK,
                        Reason.UNSUPPORTED_FORMAT,
                        null);
        assertThat(refused.images().get(1).advice()).containsExactly(Advice.ONE_PERSON_ONLY);
        keptNothingOf(ana);
        assertThat(hospital.events(Action.ENROLMENT))
                .containsExactly(AuditEvent.refused(
                        Action.ENROLMENT, hospital.byOfficer, ana.id(), hospital.icu.id(), "TOO_FEW_IMAGES"));
    }

    @Test
    void reportsTheImageThatShowsSomebodyElseAndLeavesItOut() {
        Subject ana = hospital.consenting("ana", hospital.icu);

        EnrolmentResult.Enrolled enrolled =
                (EnrolmentResult.Enrolled) enrol(ana, FACE.withFaces(2), FACE, FACE, PaintedFace.of(5), FACE);

        assertThat(enrolled.used()).isEqualTo(3);
        assertThat(enrolled.images().stream().map(image -> image.reason().orElse(null)))
                .containsExactly(Reason.SEVERAL_FACES, null, null, Reason.DIFFERENT_PEOPLE, null);
        assertThat(enrolled.images().get(3).quality()).isPresent();
        assertThat(hospital.site
                        .references()
                        .active(ana.id(), PaintedNetworks.EXTRACTOR)
                        .orElseThrow()
                        .features())
                .isEqualTo(PaintedNetworks.features(FACE));
    }

    @Test
    void keepsNothingOfTwoPeopleInEqualShares() {
        Subject ana = hospital.consenting("ana", hospital.icu);
        PaintedFace other = PaintedFace.of(5);

        EnrolmentResult result = enrol(ana, FACE, other, FACE, other, FACE, other);

        assertThat(((EnrolmentResult.ImagesRefused) result).refusal().reason()).isEqualTo(Reason.DIFFERENT_PEOPLE);
        keptNothingOf(ana);
    }

    @Test
    void keepsNoTemplateThatDoesNotRecogniseItsOwnImages() {
        Subject ana = hospital.consenting("ana", hospital.icu);
        // Nineteen images agree with the first at a cosine of 0.41, above the 0.4 of one person, and with its mean at
        // 0.46, below
        // the 0.5 of a sign-in.
        PaintedFace[] faces = Stream.concat(
                        Stream.of(FACE), Stream.iterate(2, i -> i + 1).limit(19).map(i -> FACE.resembling(i, 69)))
                .toArray(PaintedFace[]::new);

        EnrolmentResult result = enrol(ana, faces);

        assertThat(((EnrolmentResult.ImagesRefused) result).refusal().reason()).isEqualTo(Reason.DIFFERENT_PEOPLE);
        keptNothingOf(ana);
        assertThat(hospital.events(Action.ENROLMENT).getFirst().detail())
                .containsEntry("reason", "TEMPLATE_NOT_VERIFIED");
    }

    @Test
    void asksBeforeItKeepsAFaceThatSomebodyHas() {
        Subject bea = hospital.enrolled("bea", hospital.laboratory, FACE.resembling(7, 30));
        Subject ana = hospital.consenting("ana", hospital.icu);

        EnrolmentResult asked = enrol(ana, FACE, FACE, FACE);

        assertThat(asked).isInstanceOf(EnrolmentResult.PossibleDuplicate.class);
        assertThat(asked.toString())
                .doesNotContain("bea")
                .doesNotContain(bea.id().toString());
        keptNothingOf(ana);

        EnrolmentResult confirmed =
                enroller.enrol(ana.id(), FACE.samples(3), true, Hospital.EVERYWHERE, hospital.byOfficer);

        assertThat(confirmed).isInstanceOf(EnrolmentResult.Enrolled.class);
        assertThat(found(FACE)).containsExactly(ana.id(), bea.id());
        assertThat(hospital.events(Action.ENROLMENT))
                .extracting(
                        AuditEvent::accepted,
                        event -> event.detail().get("reason"),
                        event -> event.detail().get("confirmed_distinct"))
                .containsExactly(tuple(false, "POSSIBLE_DUPLICATE", null), tuple(true, null, "true"));
    }

    @Test
    void enrolsSomebodyAgainInPlaceOfTheOldReference() {
        Subject ana = hospital.enrolled("ana", hospital.icu, FACE);
        PaintedFace older = FACE.resembling(2, 30);

        assertThat(enrol(ana, older, older, older)).isInstanceOf(EnrolmentResult.Enrolled.class);

        FeatureVector kept = hospital.site
                .references()
                .active(ana.id(), PaintedNetworks.EXTRACTOR)
                .orElseThrow()
                .features();
        assertThat(kept.cosine(PaintedNetworks.features(older))).isGreaterThan(0.999);
        assertThat(hospital.gallery.size()).isEqualTo(1);
    }

    @Test
    void checksOneImageWithoutKeepingAnything() {
        assertThat(enroller.check(FACE.sample()).accepted()).isTrue();
        assertThat(enroller.check(FACE.withYaw(-60).sample()).reason()).contains(Reason.LOW_QUALITY);
        assertThat(enroller.check(FACE.withLiveness(0).sample()).reason()).contains(Reason.PRESENTATION_ATTACK);

        assertThat(hospital.gallery.size()).isZero();
        assertThat(hospital.site.trail()).isEmpty();
    }

    private EnrolmentResult enrol(Subject subject, PaintedFace... faces) {
        return enrol(enroller, subject, faces);
    }

    private EnrolmentResult enrol(Enroller by, Subject subject, PaintedFace... faces) {
        List<CapturedSample> samples = Stream.of(faces).map(PaintedFace::sample).toList();
        return by.enrol(subject.id(), samples, false, Hospital.EVERYWHERE, hospital.byOfficer);
    }

    private List<UUID> found(PaintedFace face) {
        return hospital.gallery.searchEverywhere(PaintedNetworks.features(face), 9).stream()
                .map(Candidate::subject)
                .toList();
    }

    private void lookedAtNothing(Subject subject, String reason) {
        assertThat(hospital.networks.decoded()).isZero();
        keptNothingOf(subject);
        assertThat(hospital.events(Action.ENROLMENT))
                .containsExactly(AuditEvent.refused(
                        Action.ENROLMENT, hospital.byOfficer, subject.id(), hospital.icu.id(), reason));
    }

    private void keptNothingOf(Subject subject) {
        assertThat(hospital.site.references().active(subject.id(), PaintedNetworks.EXTRACTOR))
                .isEmpty();
        hospital.gallery
                .searchEverywhere(PaintedNetworks.features(FACE), 9)
                .forEach(candidate -> assertThat(candidate.subject()).isNotEqualTo(subject.id()));
    }

    /** The person withdraws as soon as somebody has looked a number of times. */
    private final class EndingBases implements LegalBases {
        private final LegalBases bases = hospital.site.bases();
        private final List<UUID> looks = new ArrayList<>();
        private final int last;

        EndingBases(int last) {
            this.last = last;
        }

        @Override
        public Optional<BasisRecord> holdInForce(UUID subject, Purpose purpose) {
            return inForce(subject, purpose);
        }

        @Override
        public Optional<BasisRecord> inForce(UUID subject, Purpose purpose) {
            Optional<BasisRecord> found = bases.inForce(subject, purpose);
            looks.add(subject);
            if (looks.size() == last) {
                bases.withdraw(subject, subject, hospital.clock.instant());
            }
            return found;
        }

        @Override
        public void record(BasisRecord basis) {
            bases.record(basis);
        }

        @Override
        public boolean withdraw(UUID subject, Purpose purpose, UUID by, Instant at) {
            return bases.withdraw(subject, purpose, by, at);
        }

        @Override
        public List<BasisRecord> history(UUID subject) {
            return bases.history(subject);
        }
    }
}
