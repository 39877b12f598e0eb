package org.vultus.access.signin;

import java.util.Optional;
import java.util.UUID;

/** The stored password hashes. */
public interface Passwords {

    /**
     * @param hash in the encoding of the {@link PasswordHasher}
     * @param mustChange whether it is good for nothing but choosing another
     */
    record Stored(String hash, boolean mustChange) {
        @Override
        public String toString() {
            return "Stored[hash hidden, mustChange=" + mustChange + ']';
        }
    }

    Optional<Stored> find(UUID subject);

    void store(UUID subject, Stored password);
}
