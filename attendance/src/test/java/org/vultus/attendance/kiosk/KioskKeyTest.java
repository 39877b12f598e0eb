package org.vultus.attendance.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.attendance.kiosk.KioskKey.Evidence;

class KioskKeyTest {
    private static final UUID EVENT = UUID.fromString("0b5f2c7e-8f0a-4c57-9f4e-2f6f0d1f9a11");
    private static final String AT = "2026-11-23T11:57:12.000Z";
    private static final List<byte[]> PIN = List.of(utf8("ana"), utf8("271828"));

    /** The same is expected of the page, in kiosk.test.ts. */
    @Test
    void signsWhatThePageSigns() {
        assertThat(KioskKey.statement(EVENT, AT, Evidence.PIN, PIN))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("""
                        vultus punch 1
                        PIN
                        0b5f2c7e-8f0a-4c57-9f4e-2f6f0d1f9a11
                        2026-11-23T11:57:12.000Z
                        f21fa26258145d989990ab58f1963003a674e534184871d7c7938eea7ba68031""");
        assertThat(KioskKey.statement(
                        EVENT, AT, Evidence.FRAMES, List.of(new byte[] {1, 2}, new byte[] {3}, new byte[0])))
                .asString(StandardCharsets.UTF_8)
                .endsWith("\nbfe584548b13da82a26d350d688f522c6fc79d54d6d61f2fcbdf361f6715ec4c");
    }

    @Test
    void takesExactlyWhatWasSigned() throws GeneralSecurityException {
        KeyPair pair = pair("secp256r1");
        KioskKey key = KioskKey.of(pair.getPublic().getEncoded());
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(pair.getPrivate());
        signer.update(KioskKey.statement(EVENT, AT, Evidence.PIN, PIN));
        byte[] signature = signer.sign();

        assertThat(signature).hasSize(64);
        assertThat(key.signed(EVENT, AT, Evidence.PIN, PIN, signature)).isTrue();
        assertThat(key.signed(UUID.randomUUID(), AT, Evidence.PIN, PIN, signature))
                .isFalse();
        assertThat(key.signed(EVENT, "2026-11-23T10:57:12.000Z", Evidence.PIN, PIN, signature))
                .isFalse();
        assertThat(key.signed(EVENT, AT, Evidence.BADGE, PIN, signature)).isFalse();
        assertThat(key.signed(EVENT, AT, Evidence.PIN, List.of(utf8("bea"), utf8("271828")), signature))
                .isFalse();
        // What lies between two parts belongs to neither of them.
        assertThat(key.signed(EVENT, AT, Evidence.PIN, List.of(utf8("ana2"), utf8("71828")), signature))
                .isFalse();
        assertThat(key.signed(EVENT, AT, Evidence.PIN, PIN, new byte[0])).isFalse();
        assertThat(KioskKey.of(pair("secp256r1").getPublic().getEncoded())
                        .signed(EVENT, AT, Evidence.PIN, PIN, signature))
                .isFalse();
    }

    @Test
    void takesNoOtherKeys() throws GeneralSecurityException {
        byte[] larger = pair("secp384r1").getPublic().getEncoded();
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        byte[] other = rsa.generateKeyPair().getPublic().getEncoded();
        for (byte[] key : List.of(larger, other, new byte[0], utf8("a key"))) {
            assertThatThrownBy(() -> KioskKey.of(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static KeyPair pair(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
