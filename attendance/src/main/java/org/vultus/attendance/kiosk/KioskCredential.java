package org.vultus.attendance.kiosk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What a device shows to be let in: 256 random bits, so that a plain hash is enough to keep. */
public record KioskCredential(String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "kiosk_";

    public static KioskCredential generate() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new KioskCredential(
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** SHA-256 in hexadecimal. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "KioskCredential";
    }
}
