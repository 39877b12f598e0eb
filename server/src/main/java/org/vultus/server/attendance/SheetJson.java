package org.vultus.server.attendance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.attendance.punch.Direction;
import org.vultus.attendance.punch.Method;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.shift.Status;
import org.vultus.attendance.timesheet.Hours;
import org.vultus.attendance.timesheet.Remark;
import org.vultus.attendance.timesheet.Stamp;
import org.vultus.attendance.timesheet.Timesheet;
import org.vultus.attendance.timesheet.Workday;

/** A timesheet; times of a day are on the clock of its roster, lengths in seconds. */
record SheetJson(PersonJson person, LocalDate from, LocalDate to, Instant asOf, List<DayJson> days, HoursJson total) {

    record PersonJson(UUID id, String username, String displayName, String department) {
        static PersonJson of(Sheets.Sheet sheet) {
            return new PersonJson(
                    sheet.person().id(),
                    sheet.person().username(),
                    sheet.person().displayName(),
                    sheet.department());
        }
    }

    record ShiftJson(String name, OffsetDateTime start, OffsetDateTime end) {}

    /** @param picture whether there is one that the caller may look at */
    record PunchJson(
            UUID eventId,
            @Nullable Long nsr,
            OffsetDateTime at,
            Direction direction,
            Status status,
            Method method,
            Instant receivedAt,
            @Nullable String reason,
            boolean picture) {

        static PunchJson of(Stamp stamp, ZoneId zone, Set<UUID> pictures) {
            var punch = stamp.punch();
            return new PunchJson(
                    punch.eventId(),
                    punch.nsr(),
                    punch.at().atZone(zone).toOffsetDateTime(),
                    stamp.direction(),
                    stamp.status(),
                    punch.method(),
                    punch.receivedAt(),
                    punch.reason(),
                    pictures.contains(punch.eventId()));
        }
    }

    /** @param overtime by the percentage paid on top */
    record HoursJson(
            long scheduled,
            long present,
            long uncounted,
            long worked,
            long regular,
            SortedMap<Integer, Long> overtime,
            long unapproved,
            long night,
            long missing) {

        static HoursJson of(Hours h) {
            return new HoursJson(
                    h.scheduled(),
                    h.present(),
                    h.uncounted(),
                    h.worked(),
                    h.regular(),
                    h.overtime(),
                    h.unapproved(),
                    h.night(),
                    h.missing());
        }
    }

    record DayJson(
            LocalDate day,
            DayPlan.Kind kind,
            List<ShiftJson> shifts,
            List<PunchJson> punches,
            TreeSet<Remark> remarks,
            HoursJson hours,
            int rules) {

        static DayJson of(Workday day, Set<UUID> pictures) {
            ZoneId zone = day.plan().zone();
            return new DayJson(
                    day.day(),
                    day.plan().kind(),
                    day.plan().shifts().stream()
                            .map(s -> new ShiftJson(
                                    s.shift().name(),
                                    s.start().atZone(zone).toOffsetDateTime(),
                                    s.end().atZone(zone).toOffsetDateTime()))
                            .toList(),
                    day.stamps().stream()
                            .map(s -> PunchJson.of(s, zone, pictures))
                            .toList(),
                    new TreeSet<>(day.remarks()),
                    HoursJson.of(day.hours()),
                    day.rules());
        }
    }

    /** @param pictures the punches that have one which the caller may look at */
    static SheetJson of(Sheets.Sheet sheet, Set<UUID> pictures) {
        Timesheet t = sheet.timesheet();
        return new SheetJson(
                PersonJson.of(sheet),
                t.from(),
                t.to(),
                t.asOf(),
                t.days().stream().map(day -> DayJson.of(day, pictures)).toList(),
                HoursJson.of(t.total()));
    }
}
