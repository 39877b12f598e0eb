package org.vultus.access.subject;

import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A person that Vultus knows (ISO/IEC 2382-37: biometric capture subject, once enrolled a data subject).
 *
 * @param username unique, lower case: 1 to 100 letters, digits and {@code . _ @ + -}
 * @param active one who is not signs in to nothing
 */
public record Subject(UUID id, String username, String displayName, UUID department, Set<Role> roles, boolean active) {
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,99}");

    public Subject {
        username = normalise(username);
        if (!USERNAME.matcher(username).matches()) {
            throw new IllegalArgumentException("a user name is 1 to 100 letters, digits and . _ @ + -");
        }
        if (displayName.isBlank() || displayName.length() > 200) {
            throw new IllegalArgumentException("a display name is 1 to 200 characters");
        }
        roles = Set.copyOf(roles);
    }

    /** How user names are compared: without outer blanks, in lower case. */
    public static String normalise(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }
}
