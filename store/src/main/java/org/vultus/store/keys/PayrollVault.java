package org.vultus.store.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seals what payroll needs for years and the site reads as a whole: CPFs, records of the AFD, secrets of webhooks. One data key
 * (AES-256-GCM) that the site key wraps, not one for each person: labour law keeps these records when a person's templates go. Safe for
 * several threads.
 */
public final class PayrollVault {
    private final DataKey<Aead> key;

    private PayrollVault(DataKey<Aead> key) {
        this.key = key;
    }

    /** Opens it, and makes the key where there is none; outside of any transaction, so that a key that was used is kept. */
    public static PayrollVault open(JdbcClient jdbc, SiteKeys site) {
        return new PayrollVault(DataKey.open(jdbc, site, "PAYROLL", PredefinedAeadParameters.AES256_GCM, Aead.class));
    }

    /** @param context what it is and whose; must be given again to open it */
    public byte[] seal(String plain, String context) {
        try {
            return key.primitive()
                    .encrypt(plain.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws SealBroken when it was not sealed here for this context, or was changed since */
    public String open(byte[] sealed, String context) {
        try {
            return new String(
                    key.primitive().decrypt(sealed, context.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new SealBroken("a row of payroll does not open", e);
        }
    }

    /** Wraps the data key with the primary site key. */
    public void rewrap() {
        key.rewrap();
    }
}
