package org.vultus.access.subject;

import java.util.UUID;

/** Whose records a caller may touch. Queries take it, so that a forgotten check finds nothing instead of everything. */
public sealed interface Scope {

    /** Every department. */
    record Everywhere() implements Scope {}

    /** One department. */
    record Within(UUID department) implements Scope {}

    default boolean covers(UUID department) {
        return switch (this) {
            case Everywhere() -> true;
            case Within(UUID own) -> own.equals(department);
        };
    }
}
