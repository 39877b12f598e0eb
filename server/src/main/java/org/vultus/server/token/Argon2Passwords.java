package org.vultus.server.token;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.vultus.access.signin.PasswordHasher;

/** Argon2id with 19 MiB and two passes (OWASP, Password Storage Cheat Sheet). */
public final class Argon2Passwords implements PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    /** With a hash of zeros. A constant, because making one is the slow work that a start can do without. */
    private static final String NOBODYS = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$"
            + "A".repeat(unpaddedBase64(SALT_BYTES)) + '$' + "A".repeat(unpaddedBase64(HASH_BYTES));

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KIB, PASSES);

    @Override
    public String hash(CharSequence password) {
        String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("no hash");
        }
        return hash;
    }

    @Override
    public String nobodys() {
        return NOBODYS;
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
        return encoder.matches(password, hash);
    }

    private static int unpaddedBase64(int bytes) {
        return (bytes * 8 + 5) / 6;
    }
}
