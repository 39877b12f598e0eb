package org.vultus.store.keys;

import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.prf.PrfSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Digests of the numbers of badges: HMAC-SHA-256 under a key that the site key wraps. A badge is found by its digest, and whoever has
 * the table alone cannot try numbers against it. Safe for several threads.
 */
public final class BadgeDigests {
    private static final int BYTES = 32;

    private final DataKey<PrfSet> key;

    private BadgeDigests(DataKey<PrfSet> key) {
        this.key = key;
    }

    /** Opens the key, and makes it where there is none; outside of any transaction, so that a key that was used is kept. */
    public static BadgeDigests open(JdbcClient jdbc, SiteKeys site) {
        try {
            PrfConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return new BadgeDigests(
                DataKey.open(jdbc, site, "BADGES", PredefinedPrfParameters.HMAC_SHA256_PRF, PrfSet.class));
    }

    /** Thirty-two bytes. */
    public byte[] of(String number) {
        try {
            return key.primitive().computePrimary(number.getBytes(StandardCharsets.UTF_8), BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Wraps the key with the primary site key; the digests stay. */
    public void rewrap() {
        key.rewrap();
    }
}
