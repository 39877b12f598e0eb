package org.vultus.attendance.punch;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.vultus.access.subject.Scope;

/** All punches and what was said of them. They are only ever added. */
public interface Punches {

    /**
     * Adds a punch; one from a kiosk gets the next number of the sequence of the kiosk's site, without gaps. Within the unit of work nobody else adds
     * one of the same person.
     *
     * @param punch its {@code nsr} is not looked at
     * @throws IllegalArgumentException when the event identifier is that of another person's punch
     * @return the punch as it is kept; the one that was kept before when the event identifier is known
     */
    Punch add(Punch punch);

    /** Until the unit of work ends, nobody else adds a punch of this person. */
    void hold(UUID subject);

    void add(Voiding voiding);

    /** One of a person within the scope. */
    Optional<Punch> find(UUID eventId, Scope scope);

    /** Of these people, those whose moment is from one (inclusive) to another (exclusive), in no order. */
    List<Punch> of(Collection<UUID> subjects, Instant from, Instant to);

    /** What was said of punches of these people. */
    List<Voiding> voidings(Collection<UUID> subjects);

    /** Those of a site's sequence, from one number on, in its order. */
    List<Punch> numbered(String site, long from, int limit);
}
