package org.vultus.attendance.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Rosters, who has them, holidays and leave. Everything is added or ended, nothing is changed. */
public interface Rosters {

    /** @return {@code false} when the name is taken by one in use; nothing is changed then */
    boolean add(Roster roster);

    /** Nobody else gets it; those who have it keep it. @return {@code false} when there is no such roster in use */
    boolean retire(UUID roster);

    /** All that ever were, by name. */
    List<Roster> all();

    /** Those in use, by name. */
    List<Roster> inUse();

    void assign(Assignment assignment);

    /** Of these people, in the order they were recorded. */
    List<Assignment> assignments(Collection<UUID> subjects);

    void add(Holiday holiday);

    /** @return {@code false} when there is no such holiday */
    boolean removeHoliday(UUID holiday, Instant at);

    /** Also those that were removed, by day. */
    List<Holiday> holidays(LocalDate from, LocalDate to);

    void add(Leave leave);

    /** @return {@code false} when there is no such leave of this person */
    boolean cancelLeave(UUID leave, UUID subject, Instant at);

    /** Of these people, also those that were cancelled, by day. */
    List<Leave> leaves(Collection<UUID> subjects);
}
