package org.vultus.attendance.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The versions of the rules; they are only ever added. */
public interface RuleBook {

    /** Adds the next version, and numbers it. */
    RuleVersion add(LocalDate from, @Nullable UUID department, Rules rules, UUID by, Instant at);

    /** All, by number. */
    List<RuleVersion> all();
}
