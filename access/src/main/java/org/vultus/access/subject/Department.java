package org.vultus.access.subject;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A part of the site whose people are kept apart from the others.
 *
 * @param code stands in addresses and tokens: 1 to 40 of {@code a–z 0–9 -}
 * @param active nobody signs in to a department that is not
 */
public record Department(UUID id, String code, String name, DepartmentPolicy policy, boolean active) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    public Department {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("a department's code is 1 to 40 of a-z, 0-9 and -, not \"" + code + '"');
        }
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("a department's name is 1 to 200 characters");
        }
    }
}
