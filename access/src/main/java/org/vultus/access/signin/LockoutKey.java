package org.vultus.access.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.vultus.access.subject.Subject;

/**
 * What failures are counted for. A claimed name is counted whether anybody bears it or not, or the wait would tell; it is stored
 * as a hash, because people type passwords into the wrong field.
 */
final class LockoutKey {

    private LockoutKey() {}

    /** Faces that claimed a name. */
    static String faceOf(String username) {
        return "face/name/" + digest(Subject.normalise(username));
    }

    /** Faces from one address. */
    static String faceFrom(String address) {
        return "face/address/" + address;
    }

    /** Passwords for a name from one address: somebody else's attempts from elsewhere do not lock the owner out. */
    static String passwordOf(String username, String address) {
        return "password/name/" + digest(Subject.normalise(username)) + '/' + address;
    }

    /** Passwords from one address, whatever the name. */
    static String passwordFrom(String address) {
        return "password/address/" + address;
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
