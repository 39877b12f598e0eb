package org.vultus.store.keys;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Digests of the numbers of badges: HMAC-SHA-256 under a key that the site key wraps. A badge is found by its digest, and whoever has
 * the table alone cannot try numbers against it. Safe for several threads.
 */
public final class BadgeDigests {
    private static final byte[] KEY_CONTEXT = "vultus data key\nbadges".getBytes(StandardCharsets.UTF_8);
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final SiteKeys site;
    private final PrfSet key;

    private BadgeDigests(JdbcClient jdbc, SiteKeys site, PrfSet key) {
        this.jdbc = jdbc;
        this.site = site;
        this.key = key;
    }

    /** Opens the key, and makes it where there is none; outside of any transaction, so that a key that was used is kept. */
    public static BadgeDigests open(JdbcClient jdbc, SiteKeys site) {
        try {
            com.google.crypto.tink.prf.PrfConfig.register();
            byte[] made = TinkProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedPrfParameters.HMAC_SHA256_PRF), InsecureSecretKeyAccess.get());
            byte[] wrapped = site.wrap(made, KEY_CONTEXT);
            Arrays.fill(made, (byte) 0);
            jdbc.sql("INSERT INTO data_keys (purpose, site_key_id, wrapped_key) VALUES ('BADGES', ?, ?)"
                            + " ON CONFLICT DO NOTHING")
                    .params(SiteKeys.keyOf(wrapped), wrapped)
                    .update();
            byte[] plain = site.unwrap(wrappedKey(jdbc), KEY_CONTEXT);
            try {
                return new BadgeDigests(
                        jdbc,
                        site,
                        TinkProtoKeysetFormat.parseKeyset(plain, InsecureSecretKeyAccess.get())
                                .getPrimitive(RegistryConfiguration.get(), PrfSet.class));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new SealBroken("the data key of badges is damaged", e);
        }
    }

    private static byte[] wrappedKey(JdbcClient jdbc) {
        return jdbc.sql("SELECT wrapped_key FROM data_keys WHERE purpose = 'BADGES'")
                .query((row, number) -> row.getBytes("wrapped_key"))
                .single();
    }

    /** Thirty-two bytes. */
    public byte[] of(String number) {
        try {
            return key.computePrimary(number.getBytes(StandardCharsets.UTF_8), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Wraps the key with the primary site key; the digests stay. */
    public void rewrap() {
        byte[] before = wrappedKey(jdbc);
        byte[] plain = site.unwrap(before, KEY_CONTEXT);
        byte[] anew = site.wrap(plain, KEY_CONTEXT);
        Arrays.fill(plain, (byte) 0);
        jdbc.sql("UPDATE data_keys SET wrapped_key = ?, site_key_id = ? WHERE purpose = 'BADGES' AND wrapped_key = ?")
                .params(anew, SiteKeys.keyOf(anew), before)
                .update();
    }
}
