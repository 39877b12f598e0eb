package org.vultus.attendance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vultus.access.subject.Scope;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskCredential;
import org.vultus.attendance.kiosk.KioskKey;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Voiding;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Holiday;
import org.vultus.attendance.roster.Leave;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.rule.RuleVersion;
import org.vultus.attendance.rule.Rules;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.UnpaidBreak;
import org.vultus.attendance.timesheet.Closing;
import org.vultus.attendance.timesheet.OvertimeApproval;

/** What the ports of attendance must do. */
public abstract class AttendanceContract {
    private static final Instant MONDAY = Instant.parse("2026-03-02T12:00:00.123Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");

    private AttendanceSite site;
    private UUID ana;
    private UUID manager;

    /** A site without attendance data; asked for before each test. */
    protected abstract AttendanceSite emptySite();

    @BeforeEach
    final void begin() {
        site = emptySite();
        ana = site.person(site.department());
        manager = site.person(site.department());
    }

    private Kiosk kiosk(String name, String place) {
        Kiosk kiosk = new Kiosk(
                UUID.randomUUID(), name, place, ZONE, Set.of(site.department(), site.otherDepartment()), MONDAY, null);
        assertThat(site.kiosks().add(kiosk, KioskCredential.generate())).isTrue();
        return kiosk;
    }

    private Punch punch(UUID subject, Kiosk kiosk, Instant at) {
        return new Punch(
                UUID.randomUUID(),
                null,
                subject,
                site.department(),
                at,
                at.plusSeconds(1),
                kiosk.id(),
                Method.FACE,
                Direction.IN,
                null,
                null);
    }

    @Test
    void givesBackEveryFieldOfAPunch() {
        Kiosk kiosk = kiosk("door", "main");
        Punch wanted = punch(ana, kiosk, MONDAY);

        Punch kept = site.punches().add(wanted);

        assertThat(kept).usingRecursiveComparison().ignoringFields("nsr").isEqualTo(wanted);
        assertThat(kept.nsr()).isEqualTo(1);
        assertThat(site.punches().of(List.of(ana), MONDAY, MONDAY.plusMillis(1)))
                .containsExactly(kept);
        assertThat(site.punches().of(List.of(ana), MONDAY.plusMillis(1), MONDAY.plusSeconds(9)))
                .isEmpty();
        assertThat(site.punches().of(List.of(manager), MONDAY, MONDAY.plusMillis(1)))
                .isEmpty();
        Punch manual = site.punches()
                .add(new Punch(
                        UUID.randomUUID(),
                        null,
                        ana,
                        site.department(),
                        MONDAY,
                        MONDAY,
                        null,
                        Method.MANUAL,
                        null,
                        manager,
                        "forgot"));
        assertThat(manual.nsr()).isNull();
        assertThat(site.punches().find(manual.eventId(), new Scope.Everywhere()))
                .contains(manual);
    }

    @Test
    void keepsAnEventOnceAndNoGapIsLeft() {
        Kiosk kiosk = kiosk("door", "main");
        Punch wanted = punch(ana, kiosk, MONDAY);
        Punch kept = site.punches().add(wanted);

        assertThat(site.punches().add(wanted)).isEqualTo(kept);
        Punch stolen = new Punch(
                wanted.eventId(),
                null,
                manager,
                site.department(),
                MONDAY,
                MONDAY,
                kiosk.id(),
                Method.FACE,
                null,
                null,
                null);
        assertThatThrownBy(() -> site.punches().add(stolen)).isInstanceOf(IllegalArgumentException.class);
        try {
            site.work().run(() -> {
                site.punches().add(punch(ana, kiosk, MONDAY.plusSeconds(5)));
                throw new IllegalStateException("the work fails");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("the work fails");
        }
        assertThat(site.punches().add(punch(ana, kiosk, MONDAY.plusSeconds(9))).nsr())
                .isEqualTo(2);
    }

    @Test
    void numbersEachSiteByItselfHoweverManyPunchAtOnce() throws Exception {
        Kiosk door = kiosk("door", "main");
        Kiosk gate = kiosk("gate", "main");
        Kiosk elsewhere = kiosk("branch", "branch");
        List<UUID> people = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            people.add(site.person(site.department()));
        }
        List<Future<Punch>> punched = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 40; i++) {
                Punch punch = punch(people.get(i % 8), i % 2 == 0 ? door : gate, MONDAY.plusSeconds(i));
                punched.add(threads.submit(() -> site.punches().add(punch)));
            }
        }
        List<Long> numbers = new ArrayList<>();
        for (Future<Punch> one : punched) {
            numbers.add(one.get().nsr());
        }
        assertThat(numbers).doesNotHaveDuplicates().hasSize(40).contains(1L, 40L);
        assertThat(site.punches().add(punch(ana, elsewhere, MONDAY)).nsr()).isEqualTo(1);
        assertThat(site.punches().numbered("main", 39, 10))
                .extracting(Punch::nsr)
                .containsExactly(39L, 40L);
        assertThat(site.punches().numbered("branch", 1, 10)).hasSize(1);
    }

    @Test
    void showsAScopeItsOwnDepartmentsPunches() {
        Punch kept = site.punches().add(punch(ana, kiosk("door", "main"), MONDAY));

        assertThat(site.punches().find(kept.eventId(), new Scope.Within(site.department())))
                .contains(kept);
        assertThat(site.punches().find(kept.eventId(), new Scope.Within(site.otherDepartment())))
                .isEmpty();
    }

    @Test
    void keepsWhatManagersSay() {
        Punch kept = site.punches().add(punch(ana, kiosk("door", "main"), MONDAY));
        Voiding voiding = new Voiding(UUID.randomUUID(), kept.eventId(), ana, manager, "wrong person", MONDAY);
        site.punches().add(voiding);
        OvertimeApproval overtime = new OvertimeApproval(UUID.randomUUID(), ana, DAY, 3600, manager, MONDAY);
        site.approvals().add(overtime);
        Closing closing = new Closing(UUID.randomUUID(), ana, DAY, DAY.plusDays(6), manager, MONDAY);
        site.approvals().add(closing);

        assertThat(site.punches().voidings(List.of(ana, manager))).containsExactly(voiding);
        assertThat(site.punches().voidings(List.of(manager))).isEmpty();
        assertThat(site.approvals().overtime(List.of(ana))).containsExactly(overtime);
        assertThat(site.approvals().closings(ana)).containsExactly(closing);
        assertThat(site.approvals().closings(manager)).isEmpty();
    }

    @Test
    void keepsShiftsAndRosters() {
        Shift night = new Shift(
                UUID.randomUUID(),
                "night",
                LocalTime.of(22, 0),
                LocalTime.of(6, 0, 30),
                Duration.ofHours(1),
                Duration.ofHours(2),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                List.of(new UnpaidBreak(LocalTime.of(2, 0), LocalTime.of(2, 30))),
                Duration.ofMinutes(15),
                true);
        assertThat(site.shifts().add(night)).isTrue();
        assertThat(site.shifts()
                        .add(new Shift(
                                UUID.randomUUID(),
                                "night",
                                LocalTime.NOON,
                                LocalTime.MIDNIGHT,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                Duration.ZERO,
                                List.of(),
                                Duration.ZERO,
                                false)))
                .isFalse();
        assertThat(site.shifts().inUse()).containsExactly(night);
        assertThat(site.shifts().retire(night.id())).isTrue();
        assertThat(site.shifts().retire(night.id())).isFalse();
        assertThat(site.shifts().inUse()).isEmpty();
        assertThat(site.shifts().all()).containsExactly(night);

        Roster roster = new Roster(
                UUID.randomUUID(),
                "cycle",
                ZONE,
                DAY,
                List.of(List.of(night.id(), night.id()), List.of(), List.of(night.id())),
                false);
        assertThat(site.rosters().add(roster)).isTrue();
        assertThat(site.rosters().inUse()).containsExactly(roster);
        Assignment assignment = new Assignment(UUID.randomUUID(), ana, roster.id(), DAY, manager, MONDAY);
        Assignment none = new Assignment(UUID.randomUUID(), ana, null, DAY, manager, MONDAY.plusSeconds(1));
        site.rosters().assign(assignment);
        site.rosters().assign(none);
        assertThat(site.rosters().assignments(List.of(ana))).containsExactly(assignment, none);
        assertThat(site.rosters().assignments(List.of(manager))).isEmpty();
        assertThat(site.rosters().retire(roster.id())).isTrue();
        assertThat(site.rosters().inUse()).isEmpty();
        assertThat(site.rosters().all()).containsExactly(roster);
    }

    @Test
    void endsHolidaysAndLeaveWithoutForgettingThem() {
        Holiday everywhere = new Holiday(UUID.randomUUID(), DAY, "Day", null, MONDAY, null);
        Holiday here = new Holiday(UUID.randomUUID(), DAY.plusDays(1), "Here", site.department(), MONDAY, null);
        site.rosters().add(everywhere);
        site.rosters().add(here);
        Instant end = MONDAY.plusSeconds(60);
        assertThat(site.rosters().removeHoliday(here.id(), end)).isTrue();
        assertThat(site.rosters().removeHoliday(here.id(), end)).isFalse();
        assertThat(site.rosters().holidays(DAY, DAY)).containsExactly(everywhere);
        assertThat(site.rosters().holidays(DAY, DAY.plusDays(1)))
                .containsExactly(
                        everywhere, new Holiday(here.id(), here.day(), "Here", site.department(), MONDAY, end));

        Leave leave = new Leave(UUID.randomUUID(), ana, DAY, DAY.plusDays(9), "vacation", manager, MONDAY, null);
        site.rosters().add(leave);
        assertThat(site.rosters().cancelLeave(leave.id(), manager, end)).isFalse();
        assertThat(site.rosters().leaves(List.of(ana))).containsExactly(leave);
        assertThat(site.rosters().cancelLeave(leave.id(), ana, end)).isTrue();
        assertThat(site.rosters().leaves(List.of(ana)))
                .extracting(Leave::cancelledAt)
                .containsExactly(end);
    }

    @Test
    void numbersTheVersionsOfTheRules() {
        RuleVersion first = site.rules().add(DAY, null, Rules.DEFAULT, manager, MONDAY);
        Rules none = new Rules(true, null, null, 60, null, 0, 0, LocalTime.of(23, 0), LocalTime.of(4, 0), 0, true);
        RuleVersion second = site.rules().add(DAY, site.department(), none, manager, MONDAY);

        assertThat(List.of(first.number(), second.number())).containsExactly(1, 2);
        assertThat(site.rules().all()).containsExactly(first, second);
    }

    @Test
    void aKioskIsFoundByItsCredentialUntilItIsRemoved() {
        KioskCredential credential = KioskCredential.generate();
        Kiosk kiosk = new Kiosk(UUID.randomUUID(), "door", "main", ZONE, Set.of(site.department()), MONDAY, null);
        assertThat(site.kiosks().add(kiosk, credential)).isTrue();
        Kiosk again = new Kiosk(UUID.randomUUID(), "door", "x", ZONE, Set.of(site.department()), MONDAY, null);
        assertThat(site.kiosks().add(again, KioskCredential.generate())).isFalse();
        assertThat(site.kiosks().find(credential)).contains(kiosk);
        assertThat(site.kiosks().find(KioskCredential.generate())).isEmpty();
        assertThat(site.kiosks().remove(kiosk.id(), MONDAY)).isTrue();
        assertThat(site.kiosks().find(credential)).isEmpty();
        assertThat(site.kiosks().remove(kiosk.id(), MONDAY)).isFalse();
        assertThat(site.kiosks().list()).extracting(Kiosk::removedAt).containsExactly(MONDAY);
    }

    @Test
    void aKioskIsBoundToItsFirstKey() throws GeneralSecurityException {
        Kiosk kiosk = new Kiosk(UUID.randomUUID(), "door", "main", ZONE, Set.of(site.department()), MONDAY, null);
        KioskKey key = newKey();
        assertThat(site.kiosks().bind(kiosk.id(), key)).isFalse();
        assertThat(site.kiosks().add(kiosk, KioskCredential.generate())).isTrue();
        assertThat(site.kiosks().key(kiosk.id())).isEmpty();

        assertThat(site.kiosks().bind(kiosk.id(), key)).isTrue();
        assertThat(site.kiosks().bind(kiosk.id(), key)).isTrue();
        assertThat(site.kiosks().bind(kiosk.id(), newKey())).isFalse();

        assertThat(site.kiosks().key(kiosk.id())).contains(key);
        assertThat(site.kiosks().remove(kiosk.id(), MONDAY)).isTrue();
        assertThat(site.kiosks().bind(kiosk.id(), key)).isFalse();
    }

    private static KioskKey newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return KioskKey.of(generator.generateKeyPair().getPublic().getEncoded());
    }
}
