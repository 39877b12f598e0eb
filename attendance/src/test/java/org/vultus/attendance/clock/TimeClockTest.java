package org.vultus.attendance.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.memory.Hospital;
import org.vultus.access.presence.Device;
import org.vultus.access.presence.PinRecognition;
import org.vultus.access.presence.Pins;
import org.vultus.access.presence.Present;
import org.vultus.access.presence.Recognition;
import org.vultus.access.signin.PasswordHasher;
import org.vultus.access.subject.Scope;
import org.vultus.access.subject.Subject;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskCredential;
import org.vultus.attendance.memory.MemoryAttendance;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.shift.Status;
import org.vultus.attendance.timesheet.Timesheet;
import org.vultus.attendance.timesheet.TimesheetCalculation;

class TimeClockTest {
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
    private static final Actor DOOR = new Actor(null, "10.0.0.1", "door");

    /** It is Monday, 08:00 in Greenwich and 05:00 at the kiosk. */
    private final Hospital hospital = new Hospital();

    private final MemoryAttendance tables = new MemoryAttendance();
    private final Records records = new Records(
            tables.shifts(),
            tables.rosters(),
            tables.rules(),
            tables.punches(),
            tables.approvals(),
            ZONE,
            Duration.ofMinutes(1));
    private final TimeClock clock =
            new TimeClock(records, hospital.proofs(), hospital.site.audit(), hospital.site.work(), hospital.clock);
    private final Corrections corrections = new Corrections(
            tables.punches(), tables.approvals(), hospital.site.audit(), hospital.site.work(), hospital.clock);
    private final Subject ana = hospital.person("ana", hospital.icu);
    private final Kiosk kiosk = new Kiosk(
            UUID.randomUUID(), "door", "main", ZONE, Set.of(hospital.icu.id()), hospital.clock.instant(), null);

    @BeforeEach
    void register() {
        tables.kiosks().add(kiosk, KioskCredential.generate());
        tables.person(ana.id(), ana.department());
    }

    private Present present() {
        PasswordHasher plain = new PasswordHasher() {
            @Override
            public String hash(CharSequence password) {
                return password.toString();
            }

            @Override
            public String nobodys() {
                return "nobody's";
            }

            @Override
            public boolean matches(CharSequence password, String hash) {
                return hash.contentEquals(password);
            }
        };
        Pins pins = new Pins() {
            @Override
            public Optional<String> find(UUID subject) {
                return Optional.of("271828");
            }

            @Override
            public void store(UUID subject, String hash, Instant at) {
                throw new AssertionError("nobody chooses a PIN here");
            }
        };
        Recognition recognition = new PinRecognition(
                        hospital.site.subjects(),
                        hospital.site.departments(),
                        pins,
                        plain,
                        hospital.site.lockouts(),
                        hospital.site.audit(),
                        hospital.site.work(),
                        hospital.clock)
                .recognise("ana", "271828", new Device(kiosk.id(), kiosk.departments(), DOOR));
        return ((Recognition.Recognised) recognition).present();
    }

    private Greeting live() {
        return clock.punch(present(), kiosk, new TimeClock.Event(null, null, null), DOOR);
    }

    private Greeting queued(UUID event, String at) {
        return clock.punch(present(), kiosk, new TimeClock.Event(event, Instant.parse(at), null), DOOR);
    }

    private Timesheet monday() {
        return TimesheetCalculation.of(
                records.site(MONDAY, MONDAY),
                records.people(List.of(ana), MONDAY, MONDAY).getFirst(),
                MONDAY,
                MONDAY,
                hospital.clock.instant());
    }

    @Test
    void greetsOnTheKiosksClock() {
        hospital.clock.advance(Duration.ofHours(4).plusMinutes(15));
        Greeting in = live();
        assertThat(in.subject()).isEqualTo(ana);
        assertThat(in.stamp().direction()).isEqualTo(Direction.IN);
        assertThat(in.stamp().status()).isEqualTo(Status.ON_TIME);
        assertThat(in.time().toLocalTime()).isEqualTo("09:15:00");
        hospital.clock.advance(Duration.ofHours(8));
        Greeting out = live();
        assertThat(out.stamp().direction()).isEqualTo(Direction.OUT);
        assertThat(out.stamp().status()).isEqualTo(Status.OVERTIME);
        assertThat(hospital.events(Action.PUNCH)).hasSize(2);
    }

    @Test
    void aLiveDoubleReadIsNotKept() {
        Greeting first = live();
        hospital.clock.advance(Duration.ofMillis(59_999));
        Greeting again = live();
        assertThat(again.repeated()).isTrue();
        assertThat(again.stamp()).isEqualTo(first.stamp());
        hospital.clock.advance(Duration.ofMillis(1));
        assertThat(live().stamp().direction()).isEqualTo(Direction.OUT);
        assertThat(tables.punches().numbered("main", 1, 9)).hasSize(2);
    }

    @Test
    void aQueuedDoubleReadIsKeptAndDoesNotCount() {
        hospital.clock.advance(Duration.ofHours(10));
        UUID event = UUID.randomUUID();
        assertThat(queued(event, "2026-03-02T12:00:30Z").repeated()).isFalse();
        Greeting before = queued(UUID.randomUUID(), "2026-03-02T12:00:00Z");
        assertThat(before.repeated()).isFalse();
        assertThat(queued(event, "2026-03-02T12:00:30Z").repeated()).isTrue();
        assertThat(tables.punches().numbered("main", 1, 9)).hasSize(2);
        assertThat(monday().days().getFirst().stamps()).containsExactly(before.stamp());
    }

    @Test
    void anEventOfSomebodyElseOrOfLongAgoIsRefused() {
        UUID event = UUID.randomUUID();
        hospital.clock.advance(Duration.ofDays(90));
        assertThatThrownBy(() -> queued(event, "2026-03-02T12:00:00Z")).hasMessageContaining("60 days");
        Kiosk other =
                new Kiosk(UUID.randomUUID(), "gate", "main", ZONE, kiosk.departments(), hospital.clock.instant(), null);
        assertThatThrownBy(() -> clock.punch(present(), other, new TimeClock.Event(null, null, null), DOOR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(hospital.events(Action.PUNCH)).isEmpty();
    }

    @Test
    void aVoidedPunchIsDeliveredAgainWithoutHarm() {
        hospital.clock.advance(Duration.ofHours(10));
        UUID event = UUID.randomUUID();
        queued(event, "2026-03-02T12:00:00Z");
        Punch punch = tables.punches().find(event, new Scope.Everywhere()).orElseThrow();
        corrections.voidPunch(ana, punch, "somebody else", hospital.officer.id(), hospital.byOfficer);
        assertThat(queued(event, "2026-03-02T12:00:00Z").repeated()).isTrue();
        assertThat(monday().days().getFirst().stamps()).isEmpty();
        assertThat(hospital.events(Action.PUNCH_CORRECTED)).hasSize(1);
    }

    @Test
    void nobodyCorrectsTheirOwnTimeOrTheFuture() {
        Instant later = hospital.clock.instant().plusSeconds(1);
        assertThatThrownBy(() ->
                        corrections.add(ana, later, Direction.IN, "forgot", hospital.officer.id(), hospital.byOfficer))
                .isInstanceOf(IllegalArgumentException.class);
        Instant now = hospital.clock.instant();
        assertThatThrownBy(() -> corrections.add(ana, now, Direction.IN, "forgot", ana.id(), Actor.of(ana.id())))
                .isInstanceOf(Corrections.OwnTime.class);
        assertThatThrownBy(() -> corrections.close(ana, MONDAY, MONDAY, ana.id(), Actor.of(ana.id())))
                .isInstanceOf(Corrections.OwnTime.class);
        assertThatThrownBy(() -> corrections.approveOvertime(ana, MONDAY, 60, ana.id(), Actor.of(ana.id())))
                .isInstanceOf(Corrections.OwnTime.class);
        assertThat(hospital.events(Action.PUNCH_CORRECTED)).isEmpty();
    }
}
