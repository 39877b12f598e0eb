package org.vultus.access.signin;

/** A slow salted hash (Argon2id). Safe for several threads. */
public interface PasswordHasher {

    String hash(CharSequence password);

    /** Takes the same time whether it matches or not. */
    boolean matches(CharSequence password, String hash);
}
