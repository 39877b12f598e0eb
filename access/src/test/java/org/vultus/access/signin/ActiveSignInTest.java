package org.vultus.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.memory.Hospital;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.liveness.FlashColour;
import org.vultus.biometrics.liveness.Gesture;
import org.vultus.biometrics.liveness.Script;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

/** Sessions with a script, acted by painted faces: what is decided about what the networks tell, not the networks. */
class ActiveSignInTest {
    private static final Actor DESK = new Actor(null, "10.0.0.1", "desk");
    private static final PaintedFace ANAS = PaintedFace.of(1);
    private static final PaintedFace THIEFS = PaintedFace.of(2);
    private static final FrameAnswer REFUSED = new FrameAnswer.Refused(SignInRefusal.NOT_RECOGNISED);

    private final Hospital hospital = new Hospital();
    private final Department active =
            hospital.department("act", new DepartmentPolicy(LivenessPolicy.ACTIVE, false, 1e-4, 1e-3));
    private final Department strict =
            hospital.department("strict", new DepartmentPolicy(LivenessPolicy.STRICT, false, 1e-4, 1e-3));
    private final Subject ana = hospital.enrolled("ana", active, ANAS);
    private final Subject sue = hospital.enrolled("sue", strict, PaintedFace.of(3));
    private int noise;
    private long frameMs = 100;

    /** What is shown at a moment, given what is asked and for how long. */
    private interface Actress {
        PaintedFace frame(Optional<Prompt> prompt, long since);
    }

    @Test
    void whoeverFollowsTheScriptSignsIn() {
        for (int seed = 0; seed < 8; seed++) {
            FaceAttempt attempt = open(signIn(new Random(seed)), "act", "ana");
            assertThat(play(attempt, obedient(ANAS)))
                    .as("script %s", attempt.script())
                    .isInstanceOf(FrameAnswer.Accepted.class);
        }
        assertThat(hospital.events(Action.FACE_SIGN_IN)).hasSize(8).allSatisfy(event -> {
            assertThat(event.accepted()).isTrue();
            assertThat(event.subject()).isEqualTo(ana.id());
            assertThat(event.detail()).containsKeys("scripts", "gestures", "off_plane", "least_alike", "liveness");
            assertThat(event.detail().get("scripts")).contains("Done");
        });
    }

    /** What is remembered of how somebody moved goes with their face, and after a day. */
    @Test
    void whoeverIsGoneIsForgotten() {
        FaceSignIn signIn = signIn(new Random(1));
        play(open(signIn, "act", "ana"), obedient(ANAS));
        play(open(signIn, "strict", "sue"), obedient(PaintedFace.of(3)));
        assertThat(signIn.memory.subjects()).containsExactlyInAnyOrder(ana.id(), sue.id());

        signIn.forgetWhoIsGone();
        assertThat(signIn.memory.subjects()).containsExactlyInAnyOrder(ana.id(), sue.id());

        hospital.site.references().revoke(ana.id(), hospital.clock.instant());
        signIn.forgetWhoIsGone();
        assertThat(signIn.memory.subjects()).containsExactly(sue.id());

        hospital.clock.advance(Duration.ofHours(23));
        signIn.forgetWhoIsGone();
        assertThat(signIn.memory.subjects()).containsExactly(sue.id());
        hospital.clock.advance(Duration.ofHours(1));
        signIn.forgetWhoIsGone();
        assertThat(signIn.memory.subjects()).isEmpty();
    }

    /** A recording that answers at once would be over before it can be recognised. */
    @Test
    void whoeverIsQuickIsWatchedForALittleLonger() {
        FaceAttempt attempt = open(signIn(drawing(Gesture.BLINK)), "act", "ana");

        List<FrameAnswer> answers = all(attempt, quick(ANAS));

        assertThat(answers.getLast()).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(answers).hasSize(24);
        assertThat(doneAt()).isLessThan(2_000);
    }

    @Test
    void ofASlowCameraNotSoManyFramesAreAskedFor() {
        frameMs = 200;
        FaceAttempt attempt = open(signIn(drawing(Gesture.OPEN_MOUTH)), "act", "ana");
        Instant opened = attempt.session().openedAt();

        List<FrameAnswer> answers = all(attempt, quick(ANAS));

        assertThat(answers.getLast()).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(answers).hasSizeLessThan(20);
        assertThat(Duration.between(opened, hospital.clock.instant()))
                .isBetween(Duration.ofMillis(3_500), Duration.ofMillis(4_000));
        assertThat(doneAt()).isLessThan(3_000);
    }

    /** When the script of the last sign-in was done, in milliseconds. */
    private long doneAt() {
        Matcher done = Pattern.compile("Done\\[at=(\\d+)]")
                .matcher(Objects.requireNonNull(
                        hospital.events(Action.FACE_SIGN_IN).getLast().detail().get("scripts")));
        assertThat(done.find()).isTrue();
        return Long.parseLong(done.group(1));
    }

    private Actress quick(PaintedFace face) {
        return (prompt, since) -> obedient(face).frame(prompt, since + 400);
    }

    @Test
    void aStillPhotoIsAskedTwiceAndRefused() {
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");
        Script first = attempt.script().orElseThrow();

        List<FrameAnswer> answers = all(attempt, (prompt, since) -> still(ANAS));

        assertThat(answers.getLast()).isEqualTo(REFUSED);
        assertThat(answers)
                .filteredOn(FrameAnswer.Scripted.class::isInstance)
                .singleElement()
                .satisfies(answer -> {
                    FrameAnswer.Scripted again = (FrameAnswer.Scripted) answer;
                    assertThat(again.failed()).isTrue();
                    assertThat(again.script()).isNotEqualTo(first);
                });
        assertThat(hospital.site.attempts().getLast().reason()).isEqualTo("SCRIPT_NOT_FOLLOWED");
        assertThat(hospital.site.lockoutKeys()).contains(LockoutKey.faceOf("ana"));
        assertThat(hospital.events(Action.PRESENTATION_ATTACK)).isEmpty();
    }

    @Test
    void oneFrameForeverBeginsNothing() {
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");
        FrameAnswer last = REFUSED;
        CapturedSample photo = ANAS.sample();
        while (!attempt.decided()) {
            last = attempt.frame(photo);
            hospital.clock.advance(Duration.ofMillis(500));
        }
        assertThat(last).isEqualTo(new FrameAnswer.Refused(SignInRefusal.EXPIRED));
    }

    /** A gesture is not done earlier by saying that its frames were held up on their way. */
    @Test
    void framesOlderThanTheSessionBeginNothing() {
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");
        Instant opened = attempt.session().openedAt();
        for (int i = 0; i < 5; i++) {
            assertThat(attempt.frame(still(ANAS).sample().arrivedAt(opened.plusMillis(i), Duration.ofMillis(i + 1))))
                    .isInstanceOfSatisfying(FrameAnswer.Feedback.class, feedback -> {
                        assertThat(feedback.good()).isZero();
                        assertThat(feedback.prompt())
                                .hasValueSatisfying(
                                        prompt -> assertThat(prompt.begun()).isFalse());
                    });
        }
        assertThat(hospital.networks.decoded()).isZero();

        assertThat(play(attempt, obedient(ANAS))).isInstanceOf(FrameAnswer.Accepted.class);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("untimely", "5 older than the session, 0 than the frame before");
    }

    @Test
    void whoTurnsTheWrongWayIsRefused() {
        FaceAttempt attempt = open(signIn(drawing(Gesture.TURN_LEFT)), "act", "ana");
        assertThat(attempt.script().orElseThrow().steps().getFirst().gesture()).isEqualTo(Gesture.TURN_LEFT);

        FrameAnswer answer = play(
                attempt,
                (prompt, since) -> prompt.filter(Prompt::begun)
                        .map(p -> ANAS.doing(
                                p.what().gesture() == Gesture.TURN_LEFT ? Gesture.TURN_RIGHT : Gesture.TURN_LEFT,
                                since,
                                List.of(),
                                noise++))
                        .orElseGet(() -> still(ANAS)));

        assertThat(answer).isEqualTo(REFUSED);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail().get("scripts"))
                .contains("WRONG");
    }

    @Test
    void aPhotoThatTakesThePlaceOfTheActorIsAnAttack() {
        // The thief follows the script, and then shows a photo of Ana; or the other way round.
        for (List<PaintedFace> who : List.of(List.of(THIEFS, ANAS), List.of(ANAS, THIEFS))) {
            ActiveSignInTest fresh = new ActiveSignInTest();
            FaceAttempt attempt = fresh.open(fresh.signIn(new Random(3)), "act", "ana");

            FrameAnswer answer = fresh.play(attempt, (prompt, since) -> {
                boolean done = prompt.isEmpty();
                return done
                        ? fresh.still(who.get(1))
                        : fresh.obedient(who.get(0)).frame(prompt, since);
            });

            assertThat(answer).isEqualTo(REFUSED);
            assertThat(fresh.hospital.site.attempts().getLast().reason()).isEqualTo("PRESENTATION_ATTACK");
            assertThat(fresh.hospital.events(Action.PRESENTATION_ATTACK))
                    .singleElement()
                    .satisfies(event -> assertThat(event.detail()).containsEntry("reason", "SWAP"));
        }
    }

    @Test
    void aPhotoShownBetweenTwoStepsIsAnAttack() {
        FaceAttempt attempt = open(signIn(new Random(3)), "act", "ana");

        FrameAnswer answer = play(
                attempt,
                (prompt, since) ->
                        prompt.filter(p -> p.step() == 1 && since < 400).isPresent()
                                ? still(ANAS)
                                : obedient(THIEFS).frame(prompt, since));

        assertThat(answer).isEqualTo(REFUSED);
    }

    @Test
    void anAcceptedSessionCannotBeShownAgain() {
        FaceSignIn signIn = signIn(() -> 0L);
        List<byte[]> recorded = new ArrayList<>();
        FaceAttempt first = open(signIn, "act", "ana");
        FrameAnswer answer = play(first, obedient(ANAS), recorded);
        assertThat(answer).isInstanceOf(FrameAnswer.Accepted.class);

        // The very same script is asked, which the server's own generator would not do.
        FaceAttempt second = open(signIn, "act", "ana");
        assertThat(second.script()).isEqualTo(first.script());
        FrameAnswer last = new FrameAnswer.Refused(SignInRefusal.EXPIRED);
        for (byte[] frame : recorded) {
            last = second.frame(new CapturedSample(frame.clone()));
            hospital.clock.advance(Duration.ofMillis(frameMs));
        }

        assertThat(last).isEqualTo(REFUSED);
        assertThat(hospital.events(Action.PRESENTATION_ATTACK))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).containsEntry("reason", "REPLAY"));
        assertThat(open(signIn, "act", "ana").script().orElseThrow().steps())
                .as("who was attacked is asked for more")
                .hasSize(Script.SHORTEST + 1);
    }

    @Test
    void aLoopedClipIsAnAttack() {
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");
        List<CapturedSample> clip = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            clip.add(still(ANAS).sample());
        }
        FrameAnswer last = REFUSED;
        for (int i = 0; i < 24 && !attempt.decided(); i++) {
            last = attempt.frame(clip.get(i % clip.size()));
            hospital.clock.advance(Duration.ofMillis(frameMs));
        }

        assertThat(attempt.decided()).isTrue();
        assertThat(last).isEqualTo(REFUSED);
        assertThat(hospital.events(Action.PRESENTATION_ATTACK))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).containsEntry("reason", "LOOP"));
    }

    @Test
    void somebodyWhoCannotTurnGetsAnotherScript() {
        Set<Gesture> turns = Set.of(Gesture.TURN_LEFT, Gesture.TURN_RIGHT, Gesture.BLINK);
        for (int seed = 0; seed < 4; seed++) {
            FaceAttempt attempt = open(signIn(new Random(seed)), "act", "ana");

            Script other = attempt.cannot(turns).orElseThrow().script();

            assertThat(other.steps()).extracting(Script.Step::gesture).doesNotContainAnyElementsOf(turns);
            assertThat(attempt.cannot(Set.of(Gesture.NOD))).isPresent();
            assertThat(attempt.cannot(Set.of())).as("a third wish").isEmpty();
            assertThat(play(attempt, obedient(ANAS))).isInstanceOf(FrameAnswer.Accepted.class);
        }
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");
        assertThat(attempt.cannot(Set.of(Gesture.values()))).isEmpty();
    }

    @Test
    void aVirtualCameraHasNoSecondChance() {
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");
        attempt.camera("OBS Virtual Camera");

        assertThat(all(attempt, (prompt, since) -> still(ANAS)))
                .doesNotHaveAnyElementsOfTypes(FrameAnswer.Scripted.class)
                .endsWith(REFUSED);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .containsEntry("camera", "OBS Virtual Camera")
                .extractingByKey("injection_signals")
                .asString()
                .contains("VIRTUAL_CAMERA");
    }

    /** No camera and no network keep time so well. */
    @Test
    void framesThatComeLikeAClockHaveNoSecondChance() {
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");

        List<FrameAnswer> answers = new ArrayList<>();
        while (!attempt.decided()) {
            answers.add(attempt.frame(still(ANAS).sample()));
            hospital.clock.advance(Duration.ofMillis(frameMs));
        }

        assertThat(answers)
                .doesNotHaveAnyElementsOfTypes(FrameAnswer.Scripted.class)
                .endsWith(REFUSED);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail())
                .extractingByKey("injection_signals")
                .asString()
                .contains("CONSTANT_INTERVALS");
    }

    @Test
    void aStrictDepartmentWantsTheColoursBack() {
        for (int seed = 0; seed < 2; seed++) {
            FaceAttempt attempt = open(signIn(new Random(seed)), "strict", "sue");
            assertThat(attempt.script().orElseThrow().steps().getLast().gesture())
                    .isEqualTo(Gesture.COLOUR_FLASH);
            assertThat(play(attempt, obedient(PaintedFace.of(3)))).isInstanceOf(FrameAnswer.Accepted.class);
        }
        FaceAttempt dull = open(signIn(new Random(1)), "strict", "sue");
        FrameAnswer answer = play(
                dull,
                (prompt, since) -> prompt.filter(p -> p.what().gesture() == Gesture.COLOUR_FLASH)
                                .isPresent()
                        ? still(PaintedFace.of(3))
                        : obedient(PaintedFace.of(3)).frame(prompt, since));
        assertThat(answer).isEqualTo(REFUSED);
        assertThat(hospital.events(Action.FACE_SIGN_IN).getLast().detail().get("scripts"))
                .contains("NO_REFLECTION");
        assertThat(hospital.site.attempts().getLast().subject()).isEqualTo(sue.id());
    }

    @Test
    void aScreenIsAnAttackWhateverItDoes() {
        FaceAttempt attempt = open(signIn(new Random(1)), "act", "ana");
        assertThat(play(attempt, obedient(ANAS.withLiveness(0)))).isEqualTo(REFUSED);
        assertThat(hospital.events(Action.PRESENTATION_ATTACK))
                .singleElement()
                .satisfies(event -> assertThat(event.detail()).containsEntry("reason", "ARTEFACT"));
    }

    @Test
    void atADeviceTheScriptHoldsAndNobodyIsSignedIn() {
        Department gate = hospital.department("gate", new DepartmentPolicy(LivenessPolicy.ACTIVE, true, 1e-4, 1e-3));
        PaintedFace dans = PaintedFace.of(4);
        Subject dan = hospital.enrolled("dan", gate, dans);
        Desk desk = new Desk(
                new UUID(7, 7),
                Set.of(gate),
                PaintedNetworks.SCALE.atMost(1e-3),
                LivenessPolicy.ACTIVE,
                "kiosk/face/7",
                new Lockout.Rule(20, Duration.ofSeconds(5), Duration.ofMinutes(2)),
                DESK);
        FaceSignIn signIn = signIn(new Random(1));

        assertThat(play(signIn.attend(desk), obedient(dans)))
                .isInstanceOfSatisfying(FrameAnswer.Identified.class, seen -> {
                    assertThat(seen.evidence().subject()).isEqualTo(dan);
                    assertThat(seen.evidence().device()).isEqualTo(desk.device());
                });
        assertThat(hospital.site.attempts().getLast().department()).isEqualTo(gate.id());
        // Whoever asked for it records the punch.
        assertThat(hospital.events(Action.PUNCH)).isEmpty();

        assertThat(play(signIn.attend(desk), (prompt, since) -> still(dans))).isEqualTo(REFUSED);
        assertThat(hospital.site.lockoutKeys()).containsExactly("kiosk/face/7");
        assertThat(hospital.events(Action.PUNCH).getLast().detail())
                .containsEntry("reason", "SCRIPT_NOT_FOLLOWED")
                .containsEntry("kiosk", desk.device().toString())
                .containsKey("scripts");
        // Somebody of another department, who does everything.
        assertThat(play(signIn.attend(desk), obedient(ANAS))).isEqualTo(REFUSED);
        assertThat(play(signIn.attend(desk), obedient(dans.withLiveness(0)))).isEqualTo(REFUSED);
        assertThat(hospital.events(Action.PRESENTATION_ATTACK)).hasSize(1);
        assertThat(hospital.events(Action.PUNCH)).hasSize(3).allMatch(event -> !event.accepted());
        assertThat(hospital.events(Action.FACE_SIGN_IN)).isEmpty();
    }

    /** The picture of a session with a script is of a frame that was compared, and is wiped where nobody is identified. */
    @Test
    void atADeviceThatKeepsPicturesOneComesWithTheEvidence() {
        Department gate = hospital.department(
                "gate", new DepartmentPolicy(LivenessPolicy.ACTIVE, true, 1e-4, 1e-3, new ProofPolicy(true, 30)));
        PaintedFace dans = PaintedFace.of(4);
        hospital.enrolled("dan", gate, dans);
        Desk desk = new Desk(
                new UUID(7, 7),
                Set.of(gate),
                PaintedNetworks.SCALE.atMost(1e-3),
                LivenessPolicy.ACTIVE,
                "kiosk/face/7",
                new Lockout.Rule(20, Duration.ofSeconds(5), Duration.ofMinutes(2)),
                DESK);

        assertThat(play(signIn(new Random(1)).attend(desk), obedient(dans)))
                .isInstanceOfSatisfying(
                        FrameAnswer.Identified.class,
                        seen -> assertThat(seen.evidence().picture())
                                .hasValueSatisfying(
                                        picture -> assertThat(picture.jpeg()).startsWith(0xFF, 0xD8)));
    }

    private PaintedFace still(PaintedFace face) {
        return face.acting(new PaintedFace.Act(100, 0, 0, 100, Optional.empty(), noise++));
    }

    private Actress obedient(PaintedFace face) {
        return (prompt, since) -> prompt.filter(Prompt::begun)
                .map(p -> face.doing(
                        p.what().gesture(),
                        since,
                        List.<FlashColour>copyOf(p.what().colours()),
                        noise++))
                .orElseGet(() -> still(face));
    }

    private FaceSignIn signIn(RandomGenerator random) {
        return hospital.faceSignIn(SignInRules.DEFAULT, random);
    }

    /** A generator whose first draw is this gesture. */
    private static RandomGenerator drawing(Gesture first) {
        for (int seed = 0; ; seed++) {
            if (Script.draw(new Random(seed), 2, Set.of(), false)
                            .steps()
                            .getFirst()
                            .gesture()
                    == first) {
                return new Random(seed);
            }
        }
    }

    private static FaceAttempt open(FaceSignIn signIn, String department, String username) {
        return ((Opening.Opened) signIn.open(new FaceSignIn.Request(department, Optional.of(username), DESK)))
                .attempt();
    }

    private FrameAnswer play(FaceAttempt attempt, Actress actress) {
        return all(attempt, actress).getLast();
    }

    private FrameAnswer play(FaceAttempt attempt, Actress actress, List<byte[]> recorded) {
        return all(attempt, actress, recorded).getLast();
    }

    private List<FrameAnswer> all(FaceAttempt attempt, Actress actress) {
        return all(attempt, actress, new ArrayList<>());
    }

    /** Frames until it is decided, ten a second but for the jitter of a camera. */
    private List<FrameAnswer> all(FaceAttempt attempt, Actress actress, List<byte[]> recorded) {
        List<FrameAnswer> answers = new ArrayList<>();
        Optional<Prompt> prompt = Optional.empty();
        boolean any = false;
        long since = 0;
        while (!attempt.decided()) {
            PaintedFace face = any ? actress.frame(prompt, since) : still(actress.frame(firstPrompt(attempt), 0));
            CapturedSample sample = face.sample();
            recorded.add(sample.encoded().clone());
            FrameAnswer answer = attempt.frame(sample);
            answers.add(answer);
            Optional<Prompt> next = answer instanceof FrameAnswer.Feedback f ? f.prompt() : Optional.empty();
            boolean same =
                    next.map(p -> p.step() + "/" + p.begun()).equals(prompt.map(p -> p.step() + "/" + p.begun()));
            any = true;
            long passed = frameMs + answers.size() % 3;
            since = same && answer instanceof FrameAnswer.Feedback ? since + passed : 0;
            prompt = answer instanceof FrameAnswer.Scripted ? firstPrompt(attempt) : next;
            hospital.clock.advance(Duration.ofMillis(passed));
        }
        return answers;
    }

    private static Optional<Prompt> firstPrompt(FaceAttempt attempt) {
        Script script = attempt.script().orElseThrow();
        return Optional.of(new Prompt(0, script.steps().size(), script.steps().getFirst(), 0, false));
    }
}
