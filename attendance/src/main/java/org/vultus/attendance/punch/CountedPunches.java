package org.vultus.attendance.punch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which of a person's punches count, and which do not and why not. A punch within the interval after one that counts repeats it,
 * unless both say their direction and it is not the same. The result does not depend on the order in which punches arrived.
 *
 * @param counted in order
 * @param voided in order
 */
public record CountedPunches(List<Punch> counted, List<Punch> voided) {

    /**
     * @param punches of one person, in any order
     * @param asOf what was recorded later is not known
     */
    public static CountedPunches of(
            Collection<Punch> punches, Collection<Voiding> voidings, Duration repeatInterval, Instant asOf) {
        Set<UUID> unsaid = new HashSet<>();
        for (Voiding voiding : voidings) {
            if (!voiding.recordedAt().isAfter(asOf)) {
                unsaid.add(voiding.punch());
            }
        }
        List<Punch> known = new ArrayList<>(punches.size());
        for (Punch punch : punches) {
            if (!punch.receivedAt().isAfter(asOf)) {
                known.add(punch);
            }
        }
        known.sort(Punch.IN_ORDER);
        List<Punch> counted = new ArrayList<>(known.size());
        List<Punch> voided = new ArrayList<>();
        for (Punch punch : known) {
            if (unsaid.contains(punch.eventId())) {
                voided.add(punch);
            } else if (counted.isEmpty() || !repeats(punch, counted.getLast(), repeatInterval)) {
                counted.add(punch);
            }
        }
        return new CountedPunches(counted, voided);
    }

    private static boolean repeats(Punch punch, Punch before, Duration interval) {
        if (punch.eventId().equals(before.eventId())) {
            return true;
        }
        boolean otherWay =
                punch.direction() != null && before.direction() != null && punch.direction() != before.direction();
        // What a manager added was meant.
        return !otherWay
                && punch.method() != Method.MANUAL
                && punch.at().isBefore(before.at().plus(interval));
    }
}
