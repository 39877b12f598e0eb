package org.vultus.attendance.kiosk;

import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The public half of a key that a kiosk made and cannot give away: ECDSA over P-256 with SHA-256 (FIPS 186-5), signatures as r and s
 * in 32 bytes each (IEEE P1363), the way Web Cryptography writes them. With it the kiosk signs what it could not deliver at once, so
 * that its credential alone does not suffice to invent punches of the past. Immutable, safe for several threads.
 */
public final class KioskKey {
    private static final EllipticCurve P256 = p256();

    private final byte[] encoded;
    private final PublicKey key;

    private KioskKey(byte[] encoded, PublicKey key) {
        this.encoded = encoded;
        this.key = key;
    }

    /** What a signed event proves by: its kind is signed with it, so that none passes for another. */
    public enum Evidence {
        FRAMES,
        CLIP,
        PIN,
        BADGE
    }

    /**
     * @param encoded a SubjectPublicKeyInfo (RFC 5280), as {@code exportKey('spki', …)} gives it
     * @throws IllegalArgumentException when it is no key on P-256
     */
    public static KioskKey of(byte[] encoded) {
        try {
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
            if (key instanceof ECPublicKey point && point.getParams().getCurve().equals(P256)) {
                return new KioskKey(key.getEncoded(), key);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no public key on P-256", e);
        }
        throw new IllegalArgumentException("no public key on P-256");
    }

    /** A copy of its SubjectPublicKeyInfo, the same for the same key. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /**
     * Whether this kiosk signed the event.
     *
     * @param capturedAt as the event says it, letter for letter
     * @param parts the evidence: each frame; the clip; user name and PIN; the badge's number; text in UTF-8
     */
    public boolean signed(UUID event, String capturedAt, Evidence kind, List<byte[]> parts, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
            check.initVerify(key);
            check.update(statement(event, capturedAt, kind, parts));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            // Also a signature of the wrong length.
            return false;
        }
    }

    /**
     * What is signed: five lines of UTF-8, of which the last is the SHA-256, in hexadecimal, of the parts' SHA-256 one after the other.
     */
    static byte[] statement(UUID event, String capturedAt, Evidence kind, List<byte[]> parts) {
        MessageDigest all = sha256();
        parts.forEach(part -> all.update(sha256().digest(part)));
        return ("vultus punch 1\n" + kind + "\n" + event + "\n" + capturedAt + "\n"
                        + HexFormat.of().formatHex(all.digest()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static EllipticCurve p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KioskKey that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
