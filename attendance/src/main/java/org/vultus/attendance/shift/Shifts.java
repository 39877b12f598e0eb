package org.vultus.attendance.shift;

import java.util.List;
import java.util.UUID;

/** The shifts of the site. They are added and retired, never changed. */
public interface Shifts {

    /** @return {@code false} when the name is taken by one in use; nothing is changed then */
    boolean add(Shift shift);

    /** No new roster takes it; those that have it keep it. @return {@code false} when there is no such shift in use */
    boolean retire(UUID shift);

    /** All that ever were, by name. */
    List<Shift> all();

    /** Those in use, by name. */
    List<Shift> inUse();
}
