package org.vultus.server.payroll;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.vultus.attendance.roster.DayPlan;
import org.vultus.attendance.shift.ScheduledShift;

/** Shifts as iCalendar (RFC 5545). Moments are in UTC, so that no rule of a time zone has to be told. */
final class RosterCalendar {

    private RosterCalendar() {}

    /** @param person makes the identifiers of the same shift of two people differ; it cannot be read from them */
    static String write(UUID person, List<DayPlan> days, Instant now) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Vultus//Roster//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        for (DayPlan day : days) {
            for (ScheduledShift shift : day.shifts()) {
                VEvent event = new VEvent(false);
                String of = person + "/" + shift.shift().id() + "/" + day.day();
                event.add(new Uid(UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)) + "@vultus"));
                event.add(new DtStamp(now));
                event.add(new DtStart<>(shift.start()));
                event.add(new DtEnd<>(shift.end()));
                event.add(new Summary(
                        shift.shift().onCall()
                                ? shift.shift().name() + " (on call)"
                                : shift.shift().name()));
                calendar.add(event);
            }
        }
        StringWriter text = new StringWriter();
        try {
            // A calendar without events is one too, which the library's validation would refuse.
            new CalendarOutputter(false).output(calendar, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
