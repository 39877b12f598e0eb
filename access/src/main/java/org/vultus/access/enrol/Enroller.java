package org.vultus.access.enrol;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.UnitOfWork;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditTrail;
import org.vultus.access.consent.LegalBases;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.access.subject.Subjects;
import org.vultus.biometrics.decide.IdentificationBound;
import org.vultus.biometrics.decide.OperatingPoint;
import org.vultus.biometrics.decide.OperatingPoints;
import org.vultus.biometrics.detect.FaceSelection;
import org.vultus.biometrics.embed.EnrolmentImage;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.Template;
import org.vultus.biometrics.embed.TemplateBuilder;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.PadDecision;
import org.vultus.biometrics.liveness.PassivePad;
import org.vultus.biometrics.match.Candidate;
import org.vultus.biometrics.match.ComparisonScore;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;
import org.vultus.biometrics.outcome.Refusal;
import org.vultus.biometrics.pipeline.BiometricProbe;
import org.vultus.biometrics.pipeline.FaceEngine;
import org.vultus.biometrics.quality.QualityPolicy;

/**
 * Turns a person's images into their reference. The legal basis is asked for before the first image is decoded, and again when
 * the reference is kept. Images are the caller's to wipe. Safe for several threads.
 */
public final class Enroller {
    /** How many good images of one person make a reference. */
    public static final int MINIMUM_IMAGES = 3;

    /** The most images of one enrolment. */
    public static final int MAXIMUM_IMAGES = 20;

    /**
     * Images of one session that score below this rate are not one person's. Looser than a sign-in, because the officer sees who
     * stands there.
     */
    private static final double SAME_PERSON_FMR = 1e-3;

    /** How often a new person may be reported as a possible duplicate of somebody else. */
    private static final IdentificationBound DUPLICATES = new IdentificationBound(0.01);

    private final FaceEngine engine;
    private final OperatingPoints scale;
    private final Gallery gallery;
    private final Subjects subjects;
    private final LegalBases bases;
    private final References references;
    private final AuditTrail audit;
    private final UnitOfWork work;
    private final Clock clock;

    public Enroller(
            FaceEngine engine,
            OperatingPoints scale,
            Gallery gallery,
            Subjects subjects,
            LegalBases bases,
            References references,
            AuditTrail audit,
            UnitOfWork work,
            Clock clock) {
        this.engine = engine;
        this.scale = scale;
        this.gallery = gallery;
        this.subjects = subjects;
        this.bases = bases;
        this.references = references;
        this.audit = audit;
        this.work = work;
        this.clock = clock;
    }

    /** Whether one image would do, for guided capture. Keeps nothing and says nothing of who it is. */
    public ImageVerdict check(CapturedSample sample) {
        return ImageVerdict.of(0, probe(sample));
    }

    /**
     * @param samples 1 to {@value #MAXIMUM_IMAGES} images
     * @param confirmedDistinct whether the officer has checked that this is nobody who is enrolled already
     * @param scope whom the officer may enrol
     * @param officer who enrols; a signed-in person
     */
    public EnrolmentResult enrol(
            UUID subjectId, List<CapturedSample> samples, boolean confirmedDistinct, Scope scope, Actor officer) {
        Optional<Subject> found = subjects.find(subjectId, scope);
        if (found.isEmpty()) {
            return refuse(new EnrolmentResult.UnknownSubject(), null, officer, "UNKNOWN_SUBJECT");
        }
        Subject subject = found.get();
        if (!subject.active()) {
            return refuse(new EnrolmentResult.Inactive(), subject, officer, "INACTIVE");
        }
        if (bases.inForce(subjectId).isEmpty()) {
            return refuse(new EnrolmentResult.NoLegalBasis(), subject, officer, "NO_LEGAL_BASIS");
        }
        List<ImageVerdict> verdicts = new ArrayList<>();
        List<EnrolmentImage> usable = new ArrayList<>();
        for (CapturedSample sample : samples) {
            Outcome<BiometricProbe> outcome = probe(sample);
            if (outcome instanceof Outcome.Accepted<BiometricProbe>(BiometricProbe probe)) {
                usable.add(new EnrolmentImage(
                        verdicts.size(),
                        probe.features(),
                        probe.face().quality().unified()));
            }
            verdicts.add(ImageVerdict.of(verdicts.size(), outcome));
        }
        TemplateBuilder builder =
                new TemplateBuilder(scale.atMost(SAME_PERSON_FMR).threshold(), MINIMUM_IMAGES);
        return switch (builder.build(usable)) {
            case Outcome.Refused<Template>(var refusal) ->
                refuse(
                        new EnrolmentResult.ImagesRefused(refusal, verdicts),
                        subject,
                        officer,
                        refusal.reason().name());
            case Outcome.Accepted<Template>(Template template) -> {
                template.outliers()
                        .forEach(index -> verdicts.set(
                                index,
                                verdicts.get(index)
                                        .butRefused(
                                                Reason.DIFFERENT_PEOPLE, "it does not show the person of the others")));
                yield keep(subject, template, usable, verdicts, confirmedDistinct, officer);
            }
        };
    }

    private EnrolmentResult keep(
            Subject subject,
            Template template,
            List<EnrolmentImage> usable,
            List<ImageVerdict> verdicts,
            boolean confirmedDistinct,
            Actor officer) {
        List<EnrolmentImage> used = usable.stream()
                .filter(image -> template.used().contains(image.index()))
                .toList();
        double signInThreshold = scale.defaultPoint().threshold();
        if (used.stream().anyMatch(image -> image.features().cosine(template.features()) < signInThreshold)) {
            return refuse(
                    new EnrolmentResult.ImagesRefused(
                            new Refusal(
                                    Reason.DIFFERENT_PEOPLE,
                                    "the template does not recognise the images it was made of"),
                            verdicts),
                    subject,
                    officer,
                    "TEMPLATE_NOT_VERIFIED");
        }
        if (!confirmedDistinct && resemblesSomebodyElse(subject, template.features())) {
            return refuse(new EnrolmentResult.PossibleDuplicate(verdicts), subject, officer, "POSSIBLE_DUPLICATE");
        }
        int quality = (int) Math.round(
                used.stream().mapToInt(EnrolmentImage::quality).average().orElseThrow());
        UUID enrolment = UUID.randomUUID();
        Reference reference = new Reference(enrolment, subject.id(), subject.department(), template.features());
        boolean kept = work.call(() -> {
            // Asked again: it may have been withdrawn while the images were looked at.
            if (bases.holdInForce(subject.id()).isEmpty()) {
                return false;
            }
            references.activate(new NewReference(
                    reference,
                    quality,
                    used.size(),
                    Optional.ofNullable(officer.subject()).orElseThrow(),
                    clock.instant()));
            audit.append(AuditEvent.done(Action.ENROLMENT, officer, subject.id(), subject.department())
                    .with("enrolment", enrolment.toString())
                    .with("images", Integer.toString(used.size()))
                    .with("quality", Integer.toString(quality))
                    .with("confirmed_distinct", Boolean.toString(confirmedDistinct)));
            return true;
        });
        if (!kept) {
            return refuse(new EnrolmentResult.NoLegalBasis(), subject, officer, "NO_LEGAL_BASIS");
        }
        gallery.put(new Gallery.Entry(subject.id(), subject.department(), template.features()));
        // A withdrawal between the work and here found nothing in the gallery yet.
        if (bases.inForce(subject.id()).isEmpty()) {
            gallery.remove(subject.id());
        }
        return new EnrolmentResult.Enrolled(enrolment, quality, used.size(), List.copyOf(verdicts));
    }

    private Outcome<BiometricProbe> probe(CapturedSample sample) {
        return engine.probe(sample, FaceSelection.SingleFace.STRICT, QualityPolicy.ENROLMENT)
                .then(probe ->
                        PassivePad.ENROLMENT_IMAGE.decide(List.of(probe.liveness())) instanceof PadDecision.BonaFide
                                ? Outcome.accepted(probe)
                                : Outcome.refused(Reason.PRESENTATION_ATTACK, "it looks like a picture of a picture"));
    }

    private boolean resemblesSomebodyElse(Subject subject, FeatureVector features) {
        OperatingPoint point = DUPLICATES
                .pointFor(scale, Math.max(1, gallery.size()))
                .orElseGet(() -> scale.points().getLast());
        return gallery.searchEverywhere(features, 2).stream()
                .filter(candidate -> !candidate.subject().equals(subject.id()))
                .map(Candidate::score)
                .map(ComparisonScore::cosine)
                .anyMatch(cosine -> cosine >= point.threshold());
    }

    private <R extends EnrolmentResult> R refuse(R result, @Nullable Subject subject, Actor officer, String reason) {
        work.run(() -> audit.append(AuditEvent.refused(
                Action.ENROLMENT,
                officer,
                subject == null ? null : subject.id(),
                subject == null ? null : subject.department(),
                reason)));
        return result;
    }
}
