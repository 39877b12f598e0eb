package org.vultus.server.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.vultus.access.privacy.CertificateSigner;
import org.vultus.access.privacy.Destroyed;
import org.vultus.access.privacy.ErasureCertificate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Certificates of erasure as compact JWS (RFC 7515) with Ed25519 (RFC 8037), signed by the key that signs the audit trail, since that
 * key's public half is kept forever and by others. Safe for several threads.
 */
public final class CertificateJws implements CertificateSigner {
    private static final String ALGORITHM = "EdDSA";
    private static final String TYPE = "vultus-erasure+jwt";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Supplier<Key> key;

    /** A key pair by the name under which its public half is published. */
    public record Key(String id, KeyPair pair) {}

    private record Header(String alg, String typ, String kid) {}

    /** @param iat when it was erased, seconds since 1970 */
    private record Claims(String iss, UUID jti, UUID sub, long iat, Destroyed destroyed, List<String> kept) {}

    /** @param key asked for each certificate */
    public CertificateJws(Supplier<Key> key) {
        this.key = key;
    }

    @Override
    public String sign(ErasureCertificate certificate) {
        Key with = key.get();
        Claims claims = new Claims(
                "vultus",
                certificate.id(),
                certificate.subject(),
                certificate.erasedAt().getEpochSecond(),
                certificate.destroyed(),
                List.of(
                        "audit_events",
                        "biometric_consent without reason",
                        "users.id",
                        "erasures",
                        "attendance records where there are any, by labour law"));
        String content = part(new Header(ALGORITHM, TYPE, with.id())) + '.' + part(claims);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(with.pair().getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + '.' + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Checks a certificate without any server.
     *
     * @param keys whose signature counts, obtained apart from the certificate
     * @return empty when none of the keys signed it
     * @throws IllegalArgumentException when it is no certificate of erasure; the message says why
     */
    public static Optional<ErasureCertificate> verify(String jws, Collection<PublicKey> keys) {
        String[] parts = jws.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("is not a compact JWS of three parts");
        }
        try {
            Header header = JSON.readValue(Base64.getUrlDecoder().decode(parts[0]), Header.class);
            // Never an algorithm of the sender's choice (RFC 8725, 3.1).
            if (!header.alg().equals(ALGORITHM) || !header.typ().equals(TYPE)) {
                throw new IllegalArgumentException("is not a certificate of erasure");
            }
            byte[] content = (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII);
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            if (keys.stream().noneMatch(one -> signed(content, signature, one))) {
                return Optional.empty();
            }
            JsonNode tree = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            if (tree.path("destroyed") instanceof ObjectNode destroyed && !destroyed.has("pictures")) {
                // Certificates were signed before pictures were counted, and stay valid.
                destroyed.put("pictures", 0);
            }
            Claims claims = JSON.treeToValue(tree, Claims.class);
            return Optional.of(new ErasureCertificate(
                    claims.jti(), claims.sub(), Instant.ofEpochSecond(claims.iat()), claims.destroyed()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("is not a certificate of erasure", e);
        }
    }

    private static boolean signed(byte[] content, byte[] signature, PublicKey key) {
        try {
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(key);
            check.update(content);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String part(Object value) {
        return base64(JSON.writeValueAsBytes(value));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
