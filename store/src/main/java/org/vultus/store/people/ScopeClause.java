package org.vultus.store.people;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vultus.access.subject.Scope;

/** A {@link Scope} in SQL: {@code (:scope::uuid IS NULL OR column = :scope::uuid)}. */
public final class ScopeClause {

    private ScopeClause() {}

    /** The condition on a column that holds a department's identifier, over the parameter {@code scope}. */
    public static String on(String column) {
        return "(:scope::uuid IS NULL OR " + column + " = :scope::uuid)";
    }

    /** The value of the parameter {@code scope}. */
    public static @Nullable UUID parameter(Scope scope) {
        return switch (scope) {
            case Scope.Everywhere() -> null;
            case Scope.Within(UUID department) -> department;
        };
    }
}
