package org.vultus.attendance.memory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vultus.access.UnitOfWork;
import org.vultus.access.subject.Scope;
import org.vultus.attendance.contract.AttendanceSite;
import org.vultus.attendance.kiosk.Kiosk;
import org.vultus.attendance.kiosk.KioskCredential;
import org.vultus.attendance.kiosk.KioskKey;
import org.vultus.attendance.kiosk.Kiosks;
import org.vultus.attendance.punch.Punch;
import org.vultus.attendance.punch.Punches;
import org.vultus.attendance.punch.Voiding;
import org.vultus.attendance.roster.Assignment;
import org.vultus.attendance.roster.Holiday;
import org.vultus.attendance.roster.Leave;
import org.vultus.attendance.roster.Roster;
import org.vultus.attendance.roster.Rosters;
import org.vultus.attendance.rule.RuleBook;
import org.vultus.attendance.rule.RuleVersion;
import org.vultus.attendance.rule.Rules;
import org.vultus.attendance.shift.Shift;
import org.vultus.attendance.shift.Shifts;
import org.vultus.attendance.timesheet.Approvals;
import org.vultus.attendance.timesheet.Closing;
import org.vultus.attendance.timesheet.OvertimeApproval;

/** All ports over lists in memory. A unit of work runs alone; one that throws takes its punches back. Safe for several threads. */
public final class MemoryAttendance implements AttendanceSite {
    private final UUID department = UUID.randomUUID();
    private final UUID otherDepartment = UUID.randomUUID();
    private final Map<UUID, UUID> people = new HashMap<>();
    private final List<Shift> shifts = new ArrayList<>();
    private final List<Roster> rosters = new ArrayList<>();
    private final Set<UUID> retired = new HashSet<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Holiday> holidays = new ArrayList<>();
    private final List<Leave> leaves = new ArrayList<>();
    private final List<RuleVersion> versions = new ArrayList<>();
    private final List<Voiding> voidings = new ArrayList<>();
    private final List<OvertimeApproval> overtime = new ArrayList<>();
    private final List<Closing> closings = new ArrayList<>();
    private final Map<String, Kiosk> kiosks = new HashMap<>();
    private final Map<UUID, KioskKey> kioskKeys = new HashMap<>();
    private List<Punch> punches = new ArrayList<>();

    @Override
    public UnitOfWork work() {
        return new UnitOfWork() {
            @Override
            public <T> T call(Supplier<T> work) {
                synchronized (MemoryAttendance.this) {
                    List<Punch> before = new ArrayList<>(punches);
                    boolean done = false;
                    try {
                        T result = work.get();
                        done = true;
                        return result;
                    } finally {
                        if (!done) {
                            punches = before;
                        }
                    }
                }
            }
        };
    }

    @Override
    public UUID department() {
        return department;
    }

    @Override
    public UUID otherDepartment() {
        return otherDepartment;
    }

    @Override
    public synchronized UUID person(UUID where) {
        UUID id = UUID.randomUUID();
        people.put(id, where);
        return id;
    }

    /** Somebody who has an identifier already. */
    public synchronized void person(UUID id, UUID where) {
        people.put(id, where);
    }

    @Override
    public Shifts shifts() {
        return new Shifts() {
            @Override
            public boolean add(Shift shift) {
                return inUse().stream().noneMatch(s -> s.name().equals(shift.name())) && shifts.add(shift);
            }

            @Override
            public boolean retire(UUID shift) {
                return inUse().stream().anyMatch(s -> s.id().equals(shift)) && retired.add(shift);
            }

            @Override
            public List<Shift> all() {
                return shifts.stream().sorted(Comparator.comparing(Shift::name)).toList();
            }

            @Override
            public List<Shift> inUse() {
                return all().stream().filter(s -> !retired.contains(s.id())).toList();
            }
        };
    }

    @Override
    public Rosters rosters() {
        return new Rosters() {
            @Override
            public boolean add(Roster roster) {
                return inUse().stream().noneMatch(r -> r.name().equals(roster.name())) && rosters.add(roster);
            }

            @Override
            public boolean retire(UUID roster) {
                return inUse().stream().anyMatch(r -> r.id().equals(roster)) && retired.add(roster);
            }

            @Override
            public List<Roster> all() {
                return rosters.stream()
                        .sorted(Comparator.comparing(Roster::name))
                        .toList();
            }

            @Override
            public List<Roster> inUse() {
                return all().stream().filter(r -> !retired.contains(r.id())).toList();
            }

            @Override
            public void assign(Assignment assignment) {
                assignments.add(assignment);
            }

            @Override
            public List<Assignment> assignments(Collection<UUID> subjects) {
                return assignments.stream()
                        .filter(a -> subjects.contains(a.subject()))
                        .sorted(Comparator.comparing(Assignment::recordedAt))
                        .toList();
            }

            @Override
            public void add(Holiday holiday) {
                holidays.add(holiday);
            }

            @Override
            public boolean removeHoliday(UUID holiday, Instant at) {
                for (Holiday h : holidays) {
                    if (h.id().equals(holiday) && h.removedAt() == null) {
                        return holidays.remove(h)
                                && holidays.add(
                                        new Holiday(h.id(), h.day(), h.name(), h.department(), h.recordedAt(), at));
                    }
                }
                return false;
            }

            @Override
            public List<Holiday> holidays(LocalDate from, LocalDate to) {
                return holidays.stream()
                        .filter(h -> !h.day().isBefore(from) && !h.day().isAfter(to))
                        .sorted(Comparator.comparing(Holiday::day))
                        .toList();
            }

            @Override
            public void add(Leave leave) {
                leaves.add(leave);
            }

            @Override
            public boolean cancelLeave(UUID leave, UUID subject, Instant at) {
                for (Leave l : leaves) {
                    if (l.id().equals(leave) && l.subject().equals(subject) && l.cancelledAt() == null) {
                        return leaves.remove(l)
                                && leaves.add(new Leave(
                                        l.id(),
                                        l.subject(),
                                        l.from(),
                                        l.to(),
                                        l.kind(),
                                        l.recordedBy(),
                                        l.recordedAt(),
                                        at));
                    }
                }
                return false;
            }

            @Override
            public List<Leave> leaves(Collection<UUID> subjects) {
                return leaves.stream()
                        .filter(l -> subjects.contains(l.subject()))
                        .sorted(Comparator.comparing(Leave::from))
                        .toList();
            }
        };
    }

    @Override
    public RuleBook rules() {
        return new RuleBook() {
            @Override
            public RuleVersion add(LocalDate from, @Nullable UUID where, Rules rules, UUID by, Instant at) {
                RuleVersion version = new RuleVersion(versions.size() + 1, from, where, rules, at);
                versions.add(version);
                return version;
            }

            @Override
            public List<RuleVersion> all() {
                return List.copyOf(versions);
            }
        };
    }

    @Override
    public Punches punches() {
        return new Punches() {
            @Override
            public Punch add(Punch punch) {
                synchronized (MemoryAttendance.this) {
                    Optional<Punch> known = find(punch.eventId(), new Scope.Everywhere());
                    if (known.isPresent()) {
                        if (!known.get().subject().equals(punch.subject())) {
                            throw new IllegalArgumentException("the event identifier was used");
                        }
                        return known.get();
                    }
                    Punch kept = withNumber(punch);
                    punches.add(kept);
                    return kept;
                }
            }

            @Override
            public void hold(UUID subject) {
                // A unit of work runs alone.
            }

            @Override
            public void add(Voiding voiding) {
                voidings.add(voiding);
            }

            @Override
            public Optional<Punch> find(UUID eventId, Scope scope) {
                synchronized (MemoryAttendance.this) {
                    return punches.stream()
                            .filter(p -> p.eventId().equals(eventId) && scope.covers(people.get(p.subject())))
                            .findFirst();
                }
            }

            @Override
            public List<Punch> of(Collection<UUID> subjects, Instant from, Instant to) {
                synchronized (MemoryAttendance.this) {
                    return punches.stream()
                            .filter(p ->
                                    subjects.contains(p.subject()) && !p.at().isBefore(from) && p.at().isBefore(to))
                            .toList();
                }
            }

            @Override
            public List<Voiding> voidings(Collection<UUID> subjects) {
                return voidings.stream()
                        .filter(v -> subjects.contains(v.subject()))
                        .toList();
            }

            @Override
            public List<Punch> numbered(String place, long from, int limit) {
                synchronized (MemoryAttendance.this) {
                    return punches.stream()
                            .filter(p ->
                                    p.nsr() != null && p.nsr() >= from && place.equals(MemoryAttendance.this.place(p)))
                            .sorted(Comparator.comparing(Punch::nsr))
                            .limit(limit)
                            .toList();
                }
            }
        };
    }

    private Punch withNumber(Punch p) {
        String place = place(p);
        Long nsr = place == null
                ? null
                : 1 + punches.stream().filter(q -> place.equals(place(q))).count();
        return new Punch(
                p.eventId(),
                nsr,
                p.subject(),
                p.department(),
                p.capturedAt(),
                p.receivedAt(),
                p.kiosk(),
                p.method(),
                p.direction(),
                p.recordedBy(),
                p.reason());
    }

    private @Nullable String place(Punch punch) {
        return kiosks.values().stream()
                .filter(k -> k.id().equals(punch.kiosk()))
                .map(Kiosk::site)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Approvals approvals() {
        return new Approvals() {
            @Override
            public void add(OvertimeApproval approval) {
                overtime.add(approval);
            }

            @Override
            public List<OvertimeApproval> overtime(Collection<UUID> subjects) {
                return overtime.stream()
                        .filter(o -> subjects.contains(o.subject()))
                        .toList();
            }

            @Override
            public void add(Closing closing) {
                closings.add(closing);
            }

            @Override
            public List<Closing> closings(UUID subject) {
                return closings.stream()
                        .filter(c -> c.subject().equals(subject))
                        .toList();
            }
        };
    }

    @Override
    public Kiosks kiosks() {
        return new Kiosks() {
            @Override
            public boolean add(Kiosk kiosk, KioskCredential credential) {
                if (kiosks.values().stream()
                        .anyMatch(k -> k.removedAt() == null && k.name().equals(kiosk.name()))) {
                    return false;
                }
                kiosks.put(credential.hash(), kiosk);
                return true;
            }

            @Override
            public Optional<Kiosk> find(KioskCredential credential) {
                return Optional.ofNullable(kiosks.get(credential.hash())).filter(k -> k.removedAt() == null);
            }

            @Override
            public boolean remove(UUID kiosk, Instant at) {
                for (var entry : kiosks.entrySet()) {
                    Kiosk k = entry.getValue();
                    if (k.id().equals(kiosk) && k.removedAt() == null) {
                        entry.setValue(
                                new Kiosk(k.id(), k.name(), k.site(), k.zone(), k.departments(), k.registeredAt(), at));
                        return true;
                    }
                }
                return false;
            }

            @Override
            public boolean bind(UUID kiosk, KioskKey key) {
                boolean inUse = kiosks.values().stream().anyMatch(k -> k.id().equals(kiosk) && k.removedAt() == null);
                return inUse && key.equals(kioskKeys.computeIfAbsent(kiosk, _ -> key));
            }

            @Override
            public Optional<KioskKey> key(UUID kiosk) {
                return Optional.ofNullable(kioskKeys.get(kiosk));
            }

            @Override
            public List<Kiosk> list() {
                return kiosks.values().stream()
                        .sorted(Comparator.comparing(Kiosk::name))
                        .toList();
            }
        };
    }
}
