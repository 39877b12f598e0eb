package org.vultus.access.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.memory.Hospital;
import org.vultus.access.signin.FaceAttempt;
import org.vultus.access.signin.FrameAnswer;
import org.vultus.access.signin.Opening;
import org.vultus.access.signin.PasswordHasher;
import org.vultus.access.signin.SignInLog;
import org.vultus.access.signin.SignInRefusal;
import org.vultus.access.signin.SignInRules;
import org.vultus.access.subject.Department;
import org.vultus.access.subject.DepartmentPolicy;
import org.vultus.access.subject.LivenessPolicy;
import org.vultus.access.subject.ProofPolicy;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.testkit.PaintedFace;
import org.vultus.testkit.PaintedNetworks;

class RecognitionTest {
    private static final PaintedFace ANAS = PaintedFace.of(1);
    private static final PaintedFace BEAS = PaintedFace.of(2);
    private static final PaintedFace STRANGERS = PaintedFace.of(9);

    private final Hospital hospital = new Hospital();
    private final Subject ana = hospital.enrolled("ana", hospital.icu, ANAS);
    private final Subject bea = hospital.enrolled("bea", hospital.laboratory, BEAS);
    private final Map<UUID, String> hashes = new HashMap<>();
    private final FaceRecognition faces = new FaceRecognition(
            hospital.faceSignIn(SignInRules.DEFAULT),
            hospital.networks.engine(),
            PaintedNetworks.SCALE,
            hospital.gallery,
            hospital.site.subjects(),
            hospital.site.departments(),
            hospital.site.bases(),
            hospital.proofs(),
            hospital.site.log(),
            hospital.site.lockouts(),
            hospital.site.audit(),
            hospital.site.work(),
            SignInRules.DEFAULT,
            hospital.clock);
    private final PinRecognition pins = new PinRecognition(
            hospital.site.subjects(),
            hospital.site.departments(),
            new Pins() {
                @Override
                public Optional<String> find(UUID subject) {
                    return Optional.ofNullable(hashes.get(subject));
                }

                @Override
                public void store(UUID subject, String hash, Instant at) {
                    hashes.put(subject, hash);
                }
            },
            new PasswordHasher() {
                @Override
                public String hash(CharSequence password) {
                    return "hash of " + password;
                }

                @Override
                public String nobodys() {
                    return "nobody's";
                }

                @Override
                public boolean matches(CharSequence password, String hash) {
                    return hash.equals(hash(password));
                }
            },
            hospital.site.lockouts(),
            hospital.site.audit(),
            hospital.site.work(),
            hospital.clock);

    private Device kiosk(UUID... departments) {
        return new Device(new UUID(7, 7), Set.of(departments), new Actor(null, "10.0.0.1", "door"));
    }

    private Recognition look(Device kiosk, PaintedFace... shown) {
        List<CapturedSample> frames = new ArrayList<>();
        for (PaintedFace face : shown) {
            frames.add(face.sample());
        }
        return faces.recognise(frames, kiosk);
    }

    private String lastReason() {
        List<SignInLog.Entry> log = hospital.site.attempts();
        return log.getLast().reason();
    }

    @Test
    void recognisesTheLivingPeopleOfItsDepartments() {
        Device kiosk = kiosk(hospital.laboratory.id(), hospital.icu.id());
        assertThat(look(kiosk, BEAS, BEAS, BEAS)).isInstanceOfSatisfying(Recognition.Recognised.class, found -> {
            assertThat(found.present().subject()).isEqualTo(bea);
            assertThat(found.present().means()).isEqualTo(Present.Means.FACE);
            assertThat(found.present().device()).isEqualTo(kiosk.id());
        });
        // The intensive care unit does not let faces alone say who it is.
        assertThat(look(kiosk, ANAS, ANAS, ANAS)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(look(kiosk(hospital.icu.id()), ANAS, ANAS, ANAS)).isInstanceOf(Recognition.NotAvailable.class);
    }

    @Test
    void tellsNobodyWhySomebodyIsRefused() {
        Device kiosk = kiosk(hospital.laboratory.id());
        assertThat(look(kiosk, STRANGERS, STRANGERS, STRANGERS)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(lastReason()).isEqualTo("NO_MATCH");
        assertThat(look(kiosk, BEAS, STRANGERS, BEAS)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(lastReason()).isEqualTo("FACE_CHANGED");
        PaintedFace screen = BEAS.withLiveness(0);
        assertThat(look(kiosk, screen, screen, screen)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(lastReason()).isEqualTo("PRESENTATION_ATTACK");
        hospital.deactivate(bea);
        assertThat(look(kiosk, BEAS, BEAS, BEAS)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(lastReason()).isEqualTo("INACTIVE");
        assertThat(hospital.events(Action.PUNCH)).hasSize(4).allMatch(event -> !event.accepted());
    }

    @Test
    void asksForMoreFramesWithoutCountingAFailure() {
        Device kiosk = kiosk(hospital.laboratory.id());
        assertThat(look(kiosk, BEAS, BEAS.withYaw(80), BEAS))
                .isInstanceOfSatisfying(Recognition.MoreFrames.class, more -> {
                    assertThat(more.good()).isEqualTo(2);
                    assertThat(more.wanted()).isEqualTo(3);
                    assertThat(more.advice()).isNotEmpty();
                });
        assertThat(hospital.site.lockoutKeys()).isEmpty();
    }

    @Test
    void theSameFrameThreeTimesIsRecordedAndForgivenNothing() {
        Device kiosk = kiosk(hospital.laboratory.id());
        CapturedSample photo = BEAS.sample();

        assertThat(faces.recognise(List.of(photo, photo, photo), kiosk)).isInstanceOf(Recognition.Recognised.class);
        assertThat(hospital.events(Action.FACE_RECOGNISED).getLast().detail())
                .containsEntry("frames", "1, 2 repeated, 0 returned");

        CapturedSample blurred = BEAS.withLiveness(0).sample();
        assertThat(faces.recognise(List.of(photo, BEAS.sample(), blurred), kiosk))
                .as("one of three is forgiven")
                .isInstanceOf(Recognition.Recognised.class);
        assertThat(faces.recognise(List.of(photo, photo, blurred), kiosk))
                .as("and none where the others are the same")
                .isInstanceOf(Recognition.NotRecognised.class);
    }

    @Test
    void strangersMakeTheKioskWaitAtLast() {
        Device kiosk = kiosk(hospital.laboratory.id());
        for (int i = 0; i < 20; i++) {
            assertThat(look(kiosk, STRANGERS, STRANGERS, STRANGERS)).isInstanceOf(Recognition.NotRecognised.class);
        }
        assertThat(look(kiosk, BEAS, BEAS, BEAS)).isInstanceOf(Recognition.Locked.class);
        hospital.clock.advance(Duration.ofSeconds(5));
        assertThat(look(kiosk, BEAS, BEAS, BEAS)).isInstanceOf(Recognition.Recognised.class);
        assertThat(hospital.site.lockoutKeys()).isEmpty();
    }

    @Test
    void aSessionAsksForTheStrictestOfItsDepartments() {
        Department gate = hospital.department("gate", new DepartmentPolicy(LivenessPolicy.ACTIVE, true, 1e-4, 1e-3));
        Device both = kiosk(hospital.laboratory.id(), gate.id());
        Device asksNames = kiosk(hospital.icu.id());
        assertThat(faces.asks(kiosk(hospital.laboratory.id()))).contains(LivenessPolicy.PASSIVE);
        assertThat(faces.asks(both)).contains(LivenessPolicy.ACTIVE);
        assertThat(faces.asks(asksNames)).isEmpty();

        assertThat(session(both).session().policy()).isEqualTo(LivenessPolicy.ACTIVE);
        assertThat(session(both).script()).isPresent();
        assertThat(faces.open(asksNames))
                .isEqualTo(new Opening.Refused(SignInRefusal.POLICY_NOT_AVAILABLE, Duration.ZERO));
    }

    @Test
    void aSessionSeesWhoIsThereAndCountsFailuresWithTheFramesOfTheSameKiosk() {
        Device kiosk = kiosk(hospital.laboratory.id());
        assertThat(watch(kiosk, BEAS)).isInstanceOfSatisfying(FrameAnswer.Identified.class, seen -> {
            Present present = Present.seen(seen.evidence());
            assertThat(present.subject()).isEqualTo(bea);
            assertThat(present.means()).isEqualTo(Present.Means.FACE);
            assertThat(present.device()).isEqualTo(kiosk.id());
        });
        for (int i = 0; i < 10; i++) {
            assertThat(watch(kiosk, STRANGERS)).isEqualTo(new FrameAnswer.Refused(SignInRefusal.NOT_RECOGNISED));
            assertThat(look(kiosk, STRANGERS, STRANGERS, STRANGERS)).isInstanceOf(Recognition.NotRecognised.class);
        }
        assertThat(faces.open(kiosk)).isInstanceOfSatisfying(Opening.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(SignInRefusal.LOCKED);
            assertThat(refused.retryAfter()).isPositive();
        });
        assertThat(hospital.events(Action.FACE_SIGN_IN)).isEmpty();
    }

    /** A department that keeps pictures, with somebody in it who consents and somebody who does not. */
    private Department picturing() {
        return hospital.department(
                "gate", new DepartmentPolicy(LivenessPolicy.PASSIVE, true, 1e-4, 1e-3, new ProofPolicy(true, 30)));
    }

    private boolean proven(Present present, UUID event) {
        try {
            return present.prove(hospital.proofs(), event, hospital.clock.instant());
        } finally {
            present.wipe();
        }
    }

    private Optional<BufferedImage> kept(UUID event) {
        return hospital.proofs()
                .show(event, new Scope.Everywhere(), hospital.byOfficer)
                .map(jpeg -> {
                    try {
                        return ImageIO.read(new ByteArrayInputStream(jpeg));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void thePictureIsOfTheFrameThatWasRecognised() {
        Department gate = picturing();
        PaintedFace dans = PaintedFace.of(4);
        PaintedFace evas = PaintedFace.of(5);
        Subject dan = hospital.enrolled("dan", gate, dans);
        hospital.enrolled("eva", gate, evas);
        hospital.proofs().consent(dan, "1", Actor.of(dan.id()));
        Device kiosk = kiosk(gate.id(), hospital.laboratory.id());

        UUID byFrames = UUID.randomUUID();
        Present seen = ((Recognition.Recognised) look(kiosk, dans, dans, dans)).present();
        assertThat(proven(seen, byFrames)).isTrue();
        assertThat(kept(byFrames)).hasValueSatisfying(picture -> {
            assertThat(picture.getWidth()).isBetween(20, 200);
            assertThat(picture.getHeight()).isBetween(20, 200);
        });
        assertThatNothingIsLeftOf(seen);

        UUID bySession = UUID.randomUUID();
        Present watched = Present.seen(((FrameAnswer.Identified) watch(kiosk, dans)).evidence());
        assertThat(proven(watched, bySession)).isTrue();
        assertThat(kept(bySession)).isPresent();

        // Who does not consent, and who belongs to a department that keeps none.
        for (PaintedFace other : List.of(evas, BEAS)) {
            Present present = ((Recognition.Recognised) look(kiosk, other, other, other)).present();
            assertThat(proven(present, UUID.randomUUID())).isFalse();
            Present sessions = Present.seen(((FrameAnswer.Identified) watch(kiosk, other)).evidence());
            assertThat(proven(sessions, UUID.randomUUID())).isFalse();
        }
    }

    /** What was wiped is no JPEG any more; a second punch with it would keep black. */
    private void assertThatNothingIsLeftOf(Present present) {
        UUID event = UUID.randomUUID();
        assertThat(present.prove(hospital.proofs(), event, hospital.clock.instant()))
                .isTrue();
        assertThat(hospital.proofs().show(event, new Scope.Everywhere(), hospital.byOfficer))
                .hasValueSatisfying(jpeg -> assertThat(jpeg).containsOnly(0));
    }

    private FaceAttempt session(Device kiosk) {
        return ((Opening.Opened) faces.open(kiosk)).attempt();
    }

    private FrameAnswer watch(Device kiosk, PaintedFace shown) {
        FaceAttempt attempt = session(kiosk);
        FrameAnswer answer = attempt.frame(shown.sample());
        while (!attempt.decided()) {
            answer = attempt.frame(shown.sample());
        }
        return answer;
    }

    @Test
    void aPinServesAtAKioskOfOnesDepartment() {
        pins.set(ana, "271828", hospital.byOfficer);
        Device kiosk = kiosk(hospital.icu.id());
        assertThat(pins.recognise("ANA", "271828", kiosk))
                .isInstanceOfSatisfying(
                        Recognition.Recognised.class,
                        found -> assertThat(found.present().means()).isEqualTo(Present.Means.PIN));
        assertThat(pins.recognise("ana", "271828", kiosk(hospital.laboratory.id())))
                .isInstanceOf(Recognition.NotRecognised.class);
        assertThat(pins.recognise("bea", "271828", kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        hospital.deactivate(ana);
        assertThat(pins.recognise("ana", "271828", kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        assertThat(hospital.events(Action.PIN_CHANGED)).hasSize(1);
    }

    @Test
    void fiveWrongPinsMakeANameWait() {
        pins.set(ana, "271828", hospital.byOfficer);
        Device kiosk = kiosk(hospital.icu.id());
        for (int i = 0; i < 5; i++) {
            assertThat(pins.recognise("ana", "000000", kiosk)).isInstanceOf(Recognition.NotRecognised.class);
        }
        assertThat(pins.recognise("ana", "271828", kiosk)).isInstanceOf(Recognition.Locked.class);
        assertThat(hospital.site.lockoutKeys()).noneMatch(key -> key.contains("ana"));
    }

    @Test
    void simplePinsAreRefused() {
        for (String pin : List.of("12345", "1234567890123", "111111", "121212", "12345a")) {
            assertThatThrownBy(() -> pins.set(ana, pin, hospital.byOfficer))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(hashes).isEmpty();
    }
}
