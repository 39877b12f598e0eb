package org.vultus.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vultus.access.privacy.Destroyed;
import org.vultus.access.privacy.ErasureCertificate;

class CertificateJwsTest {
    private static final ErasureCertificate CERTIFICATE = new ErasureCertificate(
            UUID.fromString("11111111-2222-3333-4444-555555555555"),
            UUID.fromString("66666666-7777-8888-9999-000000000000"),
            Instant.parse("2026-03-02T08:00:00Z"),
            new Destroyed(1, 2, 3, 4, 5, 6, 7));

    private final KeyPair key = pair();
    private final String signed = new CertificateJws(() -> new CertificateJws.Key("k-1", key)).sign(CERTIFICATE);

    @Test
    void isReadBackAsItWasSigned() {
        assertThat(CertificateJws.verify(signed, List.of(pair().getPublic(), key.getPublic())))
                .contains(CERTIFICATE);
    }

    /** As certificates were before pictures of punches were counted. */
    @Test
    void anOlderCertificateIsStillRead() throws GeneralSecurityException {
        String content = base64("{\"alg\":\"EdDSA\",\"typ\":\"vultus-erasure+jwt\",\"kid\":\"k-1\"}")
                + '.'
                + base64(
                        "{\"iss\":\"vultus\",\"jti\":\"11111111-2222-3333-4444-555555555555\","
                                + "\"sub\":\"66666666-7777-8888-9999-000000000000\",\"iat\":1772438400,\"destroyed\":{\"data_keys\":1,"
                                + "\"enrolments\":2,\"history\":3,\"sessions\":4,\"attempts\":5,\"grants\":6},\"kept\":[\"users.id\"]}");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        String old = content + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        assertThat(CertificateJws.verify(old, List.of(key.getPublic())))
                .contains(new ErasureCertificate(
                        CERTIFICATE.id(),
                        CERTIFICATE.subject(),
                        CERTIFICATE.erasedAt(),
                        new Destroyed(1, 2, 3, 4, 5, 6, 0)));
    }

    @Test
    void countsOnlyWithTheRightKeyAndUnchanged() {
        assertThat(CertificateJws.verify(signed, List.of())).isEmpty();
        assertThat(CertificateJws.verify(signed, List.of(pair().getPublic()))).isEmpty();
        String[] parts = signed.split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other = base64(payload.replace("\"data_keys\":1", "\"data_keys\":9"));
        assertThat(other).isNotEqualTo(parts[1]);
        assertThat(CertificateJws.verify(parts[0] + '.' + other + '.' + parts[2], List.of(key.getPublic())))
                .isEmpty();
        assertThat(CertificateJws.verify(parts[0] + '.' + parts[1] + '.', List.of(key.getPublic())))
                .isEmpty();
    }

    @Test
    void noOtherAlgorithmAndNoOtherKindOfTokenCounts() {
        String[] parts = signed.split("\\.");
        for (String header : List.of(
                "{\"alg\":\"none\",\"typ\":\"vultus-erasure+jwt\",\"kid\":\"k-1\"}",
                "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"k-1\"}",
                "{\"alg\":\"EdDSA\"}",
                "[]",
                "nonsense")) {
            assertThatThrownBy(() -> CertificateJws.verify(
                            base64(header) + '.' + parts[1] + '.' + parts[2], List.of(key.getPublic())))
                    .as(header)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String text : List.of("", "a.b", "%.%.%", signed + ".x")) {
            assertThatThrownBy(() -> CertificateJws.verify(text, List.of(key.getPublic())))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void bothLanguagesHaveTheSameWords() {
        assertThat(words(ReadableData.PORTUGUESE).keySet())
                .isEqualTo(words(Locale.ENGLISH).keySet());
        assertThat(words(ReadableData.PORTUGUESE).getString("no")).isEqualTo("não");
    }

    private static ResourceBundle words(Locale locale) {
        return ResourceBundle.getBundle(
                ReadableData.WORDS,
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
