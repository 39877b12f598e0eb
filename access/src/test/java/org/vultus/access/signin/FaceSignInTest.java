package org.vultus.access.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.match.Gallery;
import org.vultus.biometrics.outcome.Advice;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

class FaceSignInTest {
    private static final Actor DESK = new Actor(null, "10.0.0.1", "desk");
    private static final Actor HOME = new Actor(null, "10.0.0.2", "phone");
    private static final PaintedFace ANAS = PaintedFace.of(1);
    private static final PaintedFace BEAS = PaintedFace.of(2);
    private static final PaintedFace STRANGERS = PaintedFace.of(9);
    private static final FrameAnswer NOT_RECOGNISED = new FrameAnswer.Refused(SignInRefusal.NOT_RECOGNISED);

    private final Hospital hospital = new Hospital();
    private final FaceSignIn signIn = hospital.faceSignIn(SignInRules.DEFAULT);
    private final Subject ana = hospital.enrolled("ana", hospital.icu, ANAS);
    private final Subject bea = hospital.enrolled("bea", hospital.laboratory, BEAS);

    @Test
    void verifiesWhoeverClaimsAName() {
        FaceAttempt attempt = open("icu", "ANA ");
        hospital.clock.advance(Duration.ofSeconds(2));

        List<FrameAnswer> answers = frames(attempt, ANAS, ANAS, ANAS);

        assertThat(answers.subList(0, 2))
                .extracting(answer -> ((FrameAnswer.Feedback) answer).good())
                .containsExactly(1, 2);
        assertThat(answers.get(2)).isInstanceOfSatisfying(FrameAnswer.Accepted.class, accepted -> {
            assertThat(accepted.evidence().subject()).isEqualTo(ana);
            assertThat(accepted.evidence().department()).isEqualTo(hospital.icu);
            assertThat(accepted.evidence().methods()).containsExactly(AuthenticationMethod.FACE);
            assertThat(accepted.evidence().at()).isEqualTo(hospital.clock.instant());
        });
        SignInLog.Entry entry = onlyEntry();
        assertThat(entry.score()).isCloseTo(1.0, within(1e-6));
        assertThat(entry)
                .usingRecursiveComparison()
                .ignoringFields("score")
                .isEqualTo(new SignInLog.Entry(
                        hospital.clock.instant(),
                        attempt.session().id(),
                        hospital.icu.id(),
                        ana.id(),
                        AuthenticationMethod.FACE,
                        true,
                        "ACCEPTED",
                        null,
                        0.5,
                        1.0,
                        3,
                        Duration.ofSeconds(2),
                        "10.0.0.1",
                        "desk"));
        assertThat(hospital.events(Action.FACE_SIGN_IN))
                .containsExactly(AuditEvent.done(Action.FACE_SIGN_IN, DESK, ana.id(), hospital.icu.id())
                        .with("session", attempt.session().id().toString())
                        .with("frames", "3, 0 repeated, 0 returned")
                        .with("background_still", "1.00")
                        .with("interval_spread_ms", "0.0")
                        .with("least_alike", "1.000")
                        .with("liveness", "1.0000"));
        assertThat(hospital.site.outcomes()).containsExactly("ACCEPTED");
    }

    @Test
    void identifiesWithinTheDepartmentWithoutAName() {
        FaceAttempt attempt = open("lab", null);

        FrameAnswer answer = frames(attempt, BEAS, BEAS, BEAS).getLast();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        FrameAnswer.Accepted.class,
                        accepted -> assertThat(accepted.evidence().subject()).isEqualTo(bea));
        assertThat(onlyEntry().subject()).isEqualTo(bea.id());
    }

    /** Whoever is refused sees the same, frame by frame; only the log and the audit trail know why. */
    @Test
    void answersTheSameWhateverTheReason() {
        List<Refusal> refusals = List.of(
                new Refusal("icu", "ana", STRANGERS, test -> {}, "NO_MATCH"),
                new Refusal("icu", "nobody", ANAS, test -> {}, "NO_MATCH"),
                new Refusal("icu", "bea", BEAS, test -> {}, "NO_MATCH"),
                new Refusal("icu", "officer", ANAS, test -> {}, "NO_MATCH"),
                new Refusal("icu", "ana", ANAS, test -> test.hospital.deactivate(test.ana), "INACTIVE"),
                new Refusal(
                        "icu",
                        "ana",
                        ANAS,
                        test -> test.hospital
                                .site
                                .bases()
                                .withdraw(test.ana.id(), test.ana.id(), test.hospital.clock.instant()),
                        "NO_LEGAL_BASIS"),
                new Refusal("lab", null, STRANGERS, test -> {}, "NO_MATCH"),
                new Refusal("lab", null, ANAS, test -> {}, "NO_MATCH"),
                new Refusal(
                        "lab", null, BEAS, test -> test.hospital.move(test.bea, test.hospital.icu), "OTHER_DEPARTMENT"),
                new Refusal("lab", null, BEAS, test -> test.hospital.deactivate(test.bea), "INACTIVE"),
                new Refusal("lab", "ana", ANAS, test -> {}, "NO_MATCH"),
                new Refusal("icu", "ana", ANAS.withLiveness(0), test -> {}, "PRESENTATION_ATTACK"));

        assertThat(refusals).allSatisfy(refusal -> {
            FaceSignInTest fresh = new FaceSignInTest();
            FaceAttempt attempt = fresh.open(refusal.department, refusal.username);
            refusal.meanwhile.accept(fresh);

            List<FrameAnswer> answers = fresh.frames(attempt, refusal.face, refusal.face, refusal.face);

            assertThat(answers.stream().map(FaceSignInTest::withoutQuality))
                    .containsExactly(progress(1), progress(2), NOT_RECOGNISED);
            SignInLog.Entry entry = fresh.onlyEntry();
            assertThat(entry.accepted()).isFalse();
            assertThat(entry.reason()).isEqualTo(refusal.reason);
            assertThat(fresh.hospital.events(Action.FACE_SIGN_IN))
                    .containsExactly(AuditEvent.refused(
                                    Action.FACE_SIGN_IN, DESK, entry.subject(), entry.department(), refusal.reason)
                            .with("session", attempt.session().id().toString())
                            .with("frames", "3, 0 repeated, 0 returned")
                            .with("background_still", "1.00")
                            .with("interval_spread_ms", "0.0")
                            .with("least_alike", "1.000")
                            .with("liveness", refusal.reason.equals("PRESENTATION_ATTACK") ? "0.0000" : "1.0000"));
            assertThat(fresh.hospital.site.outcomes()).containsExactly(refusal.reason);
        });
    }

    private record Refusal(
            String department, String username, PaintedFace face, Consumer<FaceSignInTest> meanwhile, String reason) {}

    @Test
    void comparesNobodyWhoWasNotShownToBeLive() {
        PaintedFace photo = ANAS.withLiveness(0);

        assertThat(frames(open("icu", "ana"), photo, ANAS, photo).getLast()).isEqualTo(NOT_RECOGNISED);

        assertThat(onlyEntry().reason()).isEqualTo("PRESENTATION_ATTACK");
        assertThat(onlyEntry().score()).isNull();
        assertThat(onlyEntry().liveness()).isZero();
    }

    @Test
    void forgivesOneFrameThatDoesNotLookLive() {
        PaintedFace blurred = ANAS.withLiveness(0);

        assertThat(frames(open("icu", "ana"), blurred, ANAS, ANAS).getLast()).isInstanceOf(FrameAnswer.Accepted.class);
    }

    /** What speaks for frames of a program is forgiven nothing; alone it refuses nobody, because a phone may serve as a webcam. */
    @Test
    void aVirtualCameraIsRecordedAndForgivenNoFrame() {
        PaintedFace blurred = ANAS.withLiveness(0);
        FaceAttempt blurredOnce = open("icu", "ana");
        blurredOnce.camera("OBS Virtual Camera");
        assertThat(frames(blurredOnce, blurred, ANAS, ANAS).getLast()).isEqualTo(NOT_RECOGNISED);
        assertThat(onlyEntry().reason()).isEqualTo("PRESENTATION_ATTACK");
        FaceAttempt clear = open("icu", "ana");
        clear.camera("OBS Virtual Camera");
        assertThat(frames(clear, ANAS, ANAS, ANAS).getLast()).isInstanceOf(FrameAnswer.Accepted.class);
        FaceAttempt real = open("icu", "ana");
        real.camera("Integrated Camera: Integrated C");
        assertThat(frames(real, ANAS, ANAS, ANAS).getLast()).isInstanceOf(FrameAnswer.Accepted.class);

        assertThat(hospital.events(Action.FACE_SIGN_IN))
                .extracting(
                        event -> event.detail().get("camera"),
                        event -> event.detail().get("injection_signals"))
                .containsExactly(
                        tuple("OBS Virtual Camera", "VIRTUAL_CAMERA"),
                        tuple("OBS Virtual Camera", "VIRTUAL_CAMERA"),
                        tuple("Integrated Camera: Integrated C", null));
    }

    /** Without a script nothing says that what is shown is of now; but frames that were there before speak no louder. */
    @Test
    void theSameFrameThreeTimesIsRecordedAndForgivenNothing() {
        CapturedSample photo = ANAS.sample();
        CapturedSample blurred = ANAS.withLiveness(0).sample();
        assertThat(shown(photo, ANAS.sample(), blurred))
                .as("one of three is forgiven")
                .isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("frames", "3, 0 repeated, 0 returned");

        CapturedSample still = ANAS.sample();
        assertThat(shown(still, still, blurred))
                .as("and none where the others are the same")
                .isEqualTo(NOT_RECOGNISED);
        assertThat(shown(still, still, still)).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("frames", "1, 2 repeated, 0 returned");
    }

    /** The pixels tell, and not the bytes: a comment in the file makes no new picture. */
    @Test
    void theSamePixelsInAnotherFileAreTheSameFrame() {
        byte[] photo = ANAS.sample().encoded();
        // Between the header and the pixels, whose parts follow one another.
        byte[] comment = {0, 0, 0, 3, 't', 'E', 'X', 't', 'a', 0, 'b', 0, 0, 0, 0};
        CRC32 crc = new CRC32();
        crc.update(comment, 4, 7);
        ByteBuffer.wrap(comment).putInt(11, (int) crc.getValue());
        byte[] packed = ByteBuffer.allocate(photo.length + comment.length)
                .put(photo, 0, 33)
                .put(comment)
                .put(photo, 33, photo.length - 33)
                .array();

        assertThat(shown(new CapturedSample(photo), new CapturedSample(packed), ANAS.sample()))
                .isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("frames", "2, 1 repeated, 0 returned");
    }

    @Test
    void framesOfAnAcceptedSessionAreRecordedAndForgivenNothing() {
        CapturedSample blurred = ANAS.withLiveness(0).sample();
        List<CapturedSample> recorded = List.of(ANAS.sample(), ANAS.sample(), blurred);
        assertThat(shown(recorded.toArray(CapturedSample[]::new))).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(shown(recorded.toArray(CapturedSample[]::new))).isEqualTo(NOT_RECOGNISED);
        assertThat(hospital.events(Action.PRESENTATION_ATTACK))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).containsEntry("reason", "REPLAY"));

        assertThat(shown(recorded.get(0), recorded.get(1), ANAS.sample())).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("replayed", "of an accepted session");
    }

    private FrameAnswer shown(CapturedSample... frames) {
        FaceAttempt attempt = open("icu", "ana");
        return Stream.of(frames).map(attempt::frame).toList().getLast();
    }

    /** The session's opening is its nonce: a frame from before cannot be an answer to it. */
    @Test
    void framesOlderThanTheSessionDoNotCount() {
        FaceAttempt attempt = open("icu", "ana");
        Instant opened = attempt.session().openedAt();
        int decoded = hospital.networks.decoded();

        assertThat(attempt.frame(ANAS.sample().arrivedAt(opened.plusMillis(100), Duration.ofMillis(101))))
                .isEqualTo(
                        new FrameAnswer.Feedback(1, false, List.of(Advice.SHOW_NEW_PICTURES), Optional.empty(), 0, 3));
        assertThat(hospital.networks.decoded()).as("it is not even looked at").isEqualTo(decoded);

        assertThat(attempt.frame(ANAS.sample().arrivedAt(opened.plusMillis(100), Duration.ofMillis(100))))
                .isInstanceOfSatisfying(
                        FrameAnswer.Feedback.class,
                        first -> assertThat(first.good()).isEqualTo(1));
        hospital.clock.advance(Duration.ofSeconds(1));
        assertThat(frames(attempt, ANAS, ANAS).getLast()).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("untimely", "1 older than the session, 0 than the frame before");
    }

    @Test
    void framesWhoseTimeGoesBackDoNotCount() {
        FaceAttempt attempt = open("icu", "ana");
        Instant opened = attempt.session().openedAt();
        attempt.frame(ANAS.sample().arrivedAt(opened.plusMillis(200)));

        assertThat(attempt.frame(ANAS.sample().arrivedAt(opened.plusMillis(300), Duration.ofMillis(101))))
                .isInstanceOfSatisfying(FrameAnswer.Feedback.class, back -> {
                    assertThat(back.accepted()).isFalse();
                    assertThat(back.good()).isEqualTo(1);
                });

        attempt.frame(ANAS.sample().arrivedAt(opened.plusMillis(300), Duration.ofMillis(100)));
        assertThat(attempt.frame(ANAS.sample().arrivedAt(opened.plusMillis(400))))
                .isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("untimely", "0 older than the session, 1 than the frame before");
    }

    @Test
    void endsWhenAnotherFaceComesIn() {
        FaceAttempt attempt = open("icu", "ana");

        assertThat(frames(attempt, STRANGERS, ANAS).getLast()).isEqualTo(NOT_RECOGNISED);

        assertThat(onlyEntry().reason()).isEqualTo("FACE_CHANGED");
        assertThat(onlyEntry().score()).isNull();
        assertThat(hospital.site.lockoutKeys()).contains(LockoutKey.faceOf("ana"));
    }

    @Test
    void tellsWhatToDoBetterAndDoesNotCountTheFrame() {
        FaceAttempt attempt = open("icu", "ana");

        List<FrameAnswer> answers =
                frames(attempt, ANAS.withFaces(0), ANAS.withFaces(2), ANAS.withYaw(80), ANAS, ANAS, ANAS);

        assertThat(answers.subList(0, 3))
                .containsExactly(
                        new FrameAnswer.Feedback(1, false, List.of(Advice.LOOK_AT_CAMERA), Optional.empty(), 0, 3),
                        new FrameAnswer.Feedback(2, false, List.of(Advice.ONE_PERSON_ONLY), Optional.empty(), 0, 3),
                        new FrameAnswer.Feedback(3, false, List.of(Advice.TURN_TO_CAMERA), Optional.empty(), 0, 3));
        assertThat(answers.getLast()).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(onlyEntry().frames()).isEqualTo(6);
    }

    @Test
    void asksTheNetworkForThePoseOfAHeadThatIsTurnedOnly() {
        int before = hospital.networks.posed();

        assertThat(frames(open("icu", "ana"), ANAS, ANAS, ANAS).getLast()).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.networks.posed() - before).isZero();

        List<FrameAnswer> turned = frames(open("icu", "ana"), ANAS, ANAS.withYaw(80), ANAS, ANAS);
        assertThat(turned.get(1))
                .isEqualTo(new FrameAnswer.Feedback(2, false, List.of(Advice.TURN_TO_CAMERA), Optional.empty(), 1, 3));
        assertThat(turned.getLast()).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.networks.posed() - before).isEqualTo(1);
    }

    @Test
    void asksForMoreFramesWhenThoseWantedAreTooFewToTellAPhoto() {
        FaceAttempt attempt = open(hospital.faceSignIn(rules(1, 9)), "icu", "ana", DESK);

        List<FrameAnswer> answers = frames(attempt, ANAS, ANAS, ANAS);

        assertThat(answers.subList(0, 2))
                .extracting(answer -> ((FrameAnswer.Feedback) answer).wanted())
                .containsExactly(2, 3);
        assertThat(answers.getLast()).isInstanceOf(FrameAnswer.Accepted.class);
    }

    @Test
    void expires() {
        FaceAttempt attempt = open("icu", "ana");
        frames(attempt, ANAS, ANAS);
        hospital.clock.advance(SignInRules.DEFAULT.sessionLife().minusMillis(1));
        assertThat(attempt.frame(ANAS.withFaces(0).sample())).isInstanceOf(FrameAnswer.Feedback.class);
        int decoded = hospital.networks.decoded();

        hospital.clock.advance(Duration.ofMillis(1));

        assertThat(attempt.frame(ANAS.sample())).isEqualTo(new FrameAnswer.Refused(SignInRefusal.EXPIRED));
        assertThat(hospital.networks.decoded()).isEqualTo(decoded);
        assertThat(hospital.site.outcomes()).containsExactly("EXPIRED");
        assertThat(hospital.site.attempts()).isEmpty();
    }

    @Test
    void looksAtSoManyFramesAndNoMore() {
        FaceAttempt attempt = open(hospital.faceSignIn(rules(3, 4)), "icu", "ana", DESK);
        PaintedFace nobody = ANAS.withFaces(0);

        frames(attempt, nobody, nobody, ANAS, ANAS);

        assertThat(attempt.frame(ANAS.sample())).isEqualTo(new FrameAnswer.Refused(SignInRefusal.EXPIRED));
        assertThat(hospital.networks.decoded()).isEqualTo(4);
    }

    @Test
    void isAbandonedByAClientThatGoesAwayAndIsNoFailure() {
        FaceAttempt attempt = open("icu", "ana");
        frames(attempt, STRANGERS);

        attempt.expire();

        assertThat(attempt.decided()).isTrue();
        assertThat(hospital.site.outcomes()).containsExactly("ABANDONED");
        assertThat(hospital.site.lockoutKeys()).isEmpty();
    }

    @Test
    void decidesOnce() {
        FaceAttempt accepted = open("icu", "ana");
        FrameAnswer yes = frames(accepted, ANAS, ANAS, ANAS).getLast();
        FaceAttempt refused = open("icu", "ana");
        FrameAnswer no = frames(refused, STRANGERS, STRANGERS, STRANGERS).getLast();
        int decoded = hospital.networks.decoded();

        assertThat(frames(accepted, STRANGERS, STRANGERS)).containsExactly(yes, yes);
        assertThat(accepted.expire()).isEqualTo(yes);
        assertThat(frames(refused, ANAS, ANAS, ANAS, ANAS)).containsExactly(no, no, no, no);

        assertThat(hospital.networks.decoded()).isEqualTo(decoded);
        assertThat(hospital.site.attempts()).hasSize(2);
        assertThat(hospital.site.outcomes()).containsExactly("ACCEPTED", "NO_MATCH");
    }

    @Test
    void leavesTheFrameToItsOwner() {
        CapturedSample sample = ANAS.sample();
        byte[] before = sample.encoded().clone();

        open("icu", "ana").frame(sample);

        assertThat(sample.encoded()).isEqualTo(before);
    }

    @Test
    void locksANameAfterFiveFailuresWhetherAnybodyBearsItOrNot() {
        for (String name : List.of("ana", "nobody")) {
            for (int i = 0; i < 5; i++) {
                fail(open("icu", name));
            }
            assertThat(tryToOpen("icu", name, DESK)).isEqualTo(locked(30));
            assertThat(tryToOpen("icu", name.toUpperCase(Locale.ROOT), HOME))
                    .as("a face is tried by name, wherever")
                    .isEqualTo(locked(30));
        }

        hospital.clock.advance(Duration.ofSeconds(30));
        fail(open("icu", "ana"));
        assertThat(tryToOpen("icu", "ana", DESK)).isEqualTo(locked(60));
    }

    @Test
    void forgetsTheFailuresAtASuccess() {
        for (int i = 0; i < 4; i++) {
            fail(open("icu", "ana"));
        }
        frames(open("icu", "ana"), ANAS, ANAS, ANAS);

        assertThat(hospital.site.lockoutKeys()).isEmpty();
        for (int i = 0; i < 4; i++) {
            fail(open("icu", "ana"));
        }
        assertThat(tryToOpen("icu", "ana", DESK)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void locksAnAddressAfterManyFailuresOfWhomever() {
        for (int i = 0; i < 30; i++) {
            fail(open("lab", null));
        }

        assertThat(tryToOpen("lab", null, DESK)).isEqualTo(locked(30));
        assertThat(tryToOpen("icu", "ana", DESK)).isEqualTo(locked(30));
        assertThat(tryToOpen("lab", null, HOME)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void sessionsOpenedSideBySideAreNoMoreTries() {
        List<FaceAttempt> opened = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            opened.add(open("icu", "ana"));
        }

        opened.subList(0, 5).forEach(this::fail);

        assertThat(frames(opened.get(5), STRANGERS, STRANGERS, STRANGERS).getLast())
                .isEqualTo(new FrameAnswer.Refused(SignInRefusal.LOCKED));
        assertThat(frames(opened.get(6), ANAS, ANAS, ANAS).getLast())
                .isEqualTo(new FrameAnswer.Refused(SignInRefusal.LOCKED));
        assertThat(hospital.site.attempts()).last().satisfies(entry -> {
            assertThat(entry.reason()).isEqualTo("LOCKED");
            assertThat(entry.score()).isNull();
        });
        hospital.clock.advance(Duration.ofSeconds(30));
        assertThat(tryToOpen("icu", "ana", DESK))
                .as("what was not looked at does not count")
                .isInstanceOf(Opening.Opened.class);
    }

    @Test
    void asksForANameWhereTheDepartmentDoesNotIdentify() {
        assertThat(tryToOpen("icu", null, DESK)).isEqualTo(refused(SignInRefusal.USERNAME_NEEDED));
        assertThat(tryToOpen("icu", "  ", DESK)).isEqualTo(refused(SignInRefusal.USERNAME_NEEDED));
    }

    @Test
    void asksForANameWhereTooManyPeopleAreEnrolledForTheBound() {
        // The strictest point of the scale has an FMR of 1e-6: good for one reference at that bound and not for two.
        Department small = hospital.department("small", new DepartmentPolicy(LivenessPolicy.PASSIVE, true, 1e-4, 1e-6));
        hospital.enrolled("caio", small, PaintedFace.of(3));
        FaceAttempt early = open("small", null);

        hospital.enrolled("dora", small, PaintedFace.of(4));

        assertThat(tryToOpen("small", null, DESK)).isEqualTo(refused(SignInRefusal.USERNAME_NEEDED));
        assertThat(frames(open("small", "dora"), PaintedFace.of(4), PaintedFace.of(4), PaintedFace.of(4))
                        .getLast())
                .isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(frames(early, PaintedFace.of(3), PaintedFace.of(3), PaintedFace.of(3))
                        .getLast())
                .as("one that was opened before")
                .isEqualTo(NOT_RECOGNISED);
    }

    @Test
    void wantsAHigherScoreTheMorePeopleThereAre() {
        // A cosine of 0.45 lies between the thresholds of FMR 1e-3, which does for one reference, and 1e-4, for up to
        // ten.
        PaintedFace alike = BEAS.resembling(8, 66);
        assertThat(frames(open("lab", null), alike, alike, alike).getLast()).isInstanceOf(FrameAnswer.Accepted.class);

        for (int i = 0; i < 4; i++) {
            hospital.gallery.put(new Gallery.Entry(
                    UUID.randomUUID(), hospital.laboratory.id(), PaintedNetworks.features(PaintedFace.of(20 + i))));
        }

        assertThat(frames(open("lab", null), alike, alike, alike).getLast()).isEqualTo(NOT_RECOGNISED);
        assertThat(hospital.site.attempts())
                .extracting(SignInLog.Entry::threshold)
                .containsExactly(0.4, 0.5);
    }

    @Test
    void decidesByTheRateOfTheDepartment() {
        PaintedFace alike = PaintedFace.of(3).resembling(8, 60);
        for (Map.Entry<Double, Boolean> rate :
                Map.of(1e-3, true, 1e-4, true, 1e-5, false).entrySet()) {
            FaceSignInTest fresh = new FaceSignInTest();
            Department department = fresh.hospital.department(
                    "x", new DepartmentPolicy(LivenessPolicy.PASSIVE, false, rate.getKey(), 1e-3));
            fresh.hospital.enrolled("caio", department, PaintedFace.of(3));

            FrameAnswer answer =
                    fresh.frames(fresh.open("x", "caio"), alike, alike, alike).getLast();

            assertThat(answer instanceof FrameAnswer.Accepted).isEqualTo(rate.getValue());
        }
    }

    @Test
    void opensNothingWhereItCannotBeKept() {
        hospital.department("rare", new DepartmentPolicy(LivenessPolicy.PASSIVE, false, 1e-7, 1e-3));
        hospital.close(hospital.laboratory);

        assertThat(tryToOpen("nowhere", "ana", DESK)).isEqualTo(refused(SignInRefusal.UNKNOWN_DEPARTMENT));
        assertThat(tryToOpen("lab", "bea", DESK)).isEqualTo(refused(SignInRefusal.UNKNOWN_DEPARTMENT));
        assertThat(tryToOpen("rare", "ana", DESK)).isEqualTo(refused(SignInRefusal.POLICY_NOT_AVAILABLE));
        assertThat(hospital.site.opened()).isEmpty();
    }

    @Test
    void remembersTheSession() {
        FaceAttempt known = open("icu", "ana");
        FaceAttempt unknown = open("icu", "bea");
        FaceAttempt nameless = open("lab", null);

        assertThat(hospital.site.opened())
                .containsExactly(known.session(), unknown.session(), nameless.session())
                .extracting(SignInSession::claimed)
                .containsExactly(ana.id(), null, null);
        assertThat(hospital.site.opened())
                .extracting(SignInSession::identification)
                .containsExactly(false, false, true);
        assertThat(known.session().expiresAt())
                .isEqualTo(hospital.clock.instant().plus(SignInRules.DEFAULT.sessionLife()));
    }

    private void fail(FaceAttempt attempt) {
        assertThat(frames(attempt, STRANGERS, STRANGERS, STRANGERS).getLast()).isEqualTo(NOT_RECOGNISED);
    }

    private FaceAttempt open(String department, String username) {
        return open(signIn, department, username, DESK);
    }

    private static FaceAttempt open(FaceSignIn signIn, String department, String username, Actor from) {
        return ((Opening.Opened) signIn.open(new FaceSignIn.Request(department, Optional.ofNullable(username), from)))
                .attempt();
    }

    private Opening tryToOpen(String department, String username, Actor from) {
        return signIn.open(new FaceSignIn.Request(department, Optional.ofNullable(username), from));
    }

    private List<FrameAnswer> frames(FaceAttempt attempt, PaintedFace... faces) {
        return Stream.of(faces).map(face -> attempt.frame(face.sample())).toList();
    }

    private SignInLog.Entry onlyEntry() {
        assertThat(hospital.site.attempts()).hasSize(1);
        return hospital.site.attempts().getFirst();
    }

    private static SignInRules rules(int frames, int maximum) {
        SignInRules rules = SignInRules.DEFAULT;
        return new SignInRules(
                rules.sessionLife(),
                frames,
                maximum,
                rules.faceOfName(),
                rules.faceFromAddress(),
                rules.passwordOfName(),
                rules.passwordFromAddress());
    }

    private static FrameAnswer progress(int good) {
        return new FrameAnswer.Feedback(good, true, List.of(), Optional.empty(), good, 3);
    }

    /** The quality is that of the picture, which differs from face to face. */
    private static FrameAnswer withoutQuality(FrameAnswer answer) {
        return answer instanceof FrameAnswer.Feedback f
                ? new FrameAnswer.Feedback(f.frame(), f.accepted(), f.advice(), Optional.empty(), f.good(), f.wanted())
                : answer;
    }

    private static Opening refused(SignInRefusal reason) {
        return new Opening.Refused(reason, Duration.ZERO);
    }

    private static Opening locked(long seconds) {
        return new Opening.Refused(SignInRefusal.LOCKED, Duration.ofSeconds(seconds));
    }
}
