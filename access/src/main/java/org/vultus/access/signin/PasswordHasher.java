package org.vultus.access.signin;

/** A slow salted hash (Argon2id). Safe for several threads. */
public interface PasswordHasher {

    String hash(CharSequence password);

    /** What nothing matches, and costs as much to compare with as any hash: for names that nobody has. */
    String nobodys();

    /** Takes the same time whether it matches or not. */
    boolean matches(CharSequence password, String hash);
}
