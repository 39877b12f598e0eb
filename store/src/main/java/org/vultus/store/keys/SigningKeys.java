package org.vultus.store.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The key pairs that sign tokens and audit checkpoints, the private halves wrapped by the site key. Safe for several threads. */
public final class SigningKeys {
    private final JdbcClient jdbc;
    private final SiteKeys site;
    private final Clock clock;

    public SigningKeys(JdbcClient jdbc, SiteKeys site, Clock clock) {
        this.jdbc = jdbc;
        this.site = site;
        this.clock = clock;
    }

    /** What a key pair signs, and so of which kind it is. */
    public enum Purpose {
        /** Tokens of applications: RS256. */
        TOKEN("RSA"),
        /** Tokens for Vultus itself, and what it says to who has one: ES256. */
        OWN_TOKEN("EC"),
        AUDIT("Ed25519");

        private final String algorithm;

        Purpose(String algorithm) {
            this.algorithm = algorithm;
        }

        private AlgorithmParameterSpec parameters() {
            return switch (this) {
                case TOKEN -> new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4);
                case OWN_TOKEN -> new ECGenParameterSpec("secp256r1");
                case AUDIT -> NamedParameterSpec.ED25519;
            };
        }
    }

    /** @param id under which the public half is published */
    public record Signer(String id, KeyPair pair) {}

    /** Whether {@link #inUse} finds one, and need not make it. */
    public boolean has(Purpose purpose) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM signing_keys WHERE purpose = ? AND retired_at IS NULL)")
                .param(purpose.name())
                .query(Boolean.class)
                .single();
    }

    /** The key pairs in use, newest first; the first signs. Makes the first when there is none. */
    public List<Signer> inUse(Purpose purpose) {
        List<Signer> signers = load(purpose);
        if (signers.isEmpty()) {
            create(purpose);
            signers = load(purpose);
        }
        return signers;
    }

    /**
     * Makes a new key pair that signs from now on. Those before it stay published for a while, so that what they signed can be
     * checked, and are then retired.
     *
     * @param published how long what an old key signed may still be presented
     */
    public List<Signer> rotate(Purpose purpose, Duration published) {
        create(purpose);
        jdbc.sql(
                        "UPDATE signing_keys SET retired_at = now(), private_key = NULL WHERE purpose = ? AND retired_at IS NULL"
                                + " AND created_at < (SELECT max(created_at) FROM signing_keys WHERE purpose = ?)"
                                + " AND (SELECT min(newer.created_at) FROM signing_keys newer WHERE newer.purpose = signing_keys.purpose"
                                + " AND newer.created_at > signing_keys.created_at) < ?")
                .params(
                        purpose.name(),
                        purpose.name(),
                        clock.instant().minus(published).atOffset(ZoneOffset.UTC))
                .update();
        return load(purpose);
    }

    /** Every public key there ever was for the purpose, by its identifier: old checkpoints must stay verifiable. */
    public Map<String, PublicKey> published(Purpose purpose) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        jdbc.sql("SELECT id, public_key FROM signing_keys WHERE purpose = ? ORDER BY created_at")
                .param(purpose.name())
                .query(row -> {
                    keys.put(row.getString("id"), publicKey(purpose, row.getBytes("public_key")));
                });
        return keys;
    }

    /** Wraps the private halves with the primary site key that are not yet. @return how many */
    public int rewrap() {
        record Row(String id, byte[] wrapped) {}
        List<Row> rows = jdbc.sql(
                        "SELECT id, private_key FROM signing_keys WHERE private_key IS NOT NULL AND site_key_id <> ?")
                .param(site.primary())
                .query((row, number) -> new Row(row.getString("id"), row.getBytes("private_key")))
                .list();
        int done = 0;
        for (Row row : rows) {
            byte[] plain = site.unwrap(row.wrapped(), context(row.id()));
            byte[] anew = site.wrap(plain, context(row.id()));
            done += jdbc.sql(
                            "UPDATE signing_keys SET private_key = ?, site_key_id = ? WHERE id = ? AND private_key = ?")
                    .params(anew, SiteKeys.keyOf(anew), row.id(), row.wrapped())
                    .update();
            Arrays.fill(plain, (byte) 0);
        }
        return done;
    }

    private List<Signer> load(Purpose purpose) {
        return jdbc.sql(
                        "SELECT id, public_key, private_key FROM signing_keys"
                                + " WHERE purpose = ? AND retired_at IS NULL AND private_key IS NOT NULL ORDER BY created_at DESC, id")
                .param(purpose.name())
                .query((row, number) -> {
                    String id = row.getString("id");
                    byte[] plain = site.unwrap(row.getBytes("private_key"), context(id));
                    try {
                        return new Signer(
                                id,
                                new KeyPair(
                                        publicKey(purpose, row.getBytes("public_key")),
                                        KeyFactory.getInstance(purpose.algorithm)
                                                .generatePrivate(new PKCS8EncodedKeySpec(plain))));
                    } catch (GeneralSecurityException e) {
                        throw new SealBroken("the signing key " + id + " is damaged", e);
                    } finally {
                        Arrays.fill(plain, (byte) 0);
                    }
                })
                .list();
    }

    private void create(Purpose purpose) {
        KeyPair pair;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(purpose.algorithm);
            generator.initialize(purpose.parameters());
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        String id = UUID.randomUUID().toString();
        byte[] plain = pair.getPrivate().getEncoded();
        byte[] wrapped = site.wrap(plain, context(id));
        Arrays.fill(plain, (byte) 0);
        jdbc.sql("INSERT INTO signing_keys (id, purpose, public_key, private_key, site_key_id, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        purpose.name(),
                        pair.getPublic().getEncoded(),
                        wrapped,
                        SiteKeys.keyOf(wrapped),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static PublicKey publicKey(Purpose purpose, byte[] encoded) {
        try {
            return KeyFactory.getInstance(purpose.algorithm).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new SealBroken("a public key is damaged", e);
        }
    }

    private static byte[] context(String id) {
        return ("vultus signing key\n" + id).getBytes(StandardCharsets.UTF_8);
    }
}
