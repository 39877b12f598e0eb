package org.vultus.store.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Seals what payroll needs for years and the site reads as a whole: CPFs, records of the AFD, secrets of webhooks. One data key
 * (AES-256-GCM) that the site key wraps, not one for each person: labour law keeps these records when a person's templates go. Safe for
 * several threads.
 */
public final class PayrollVault {
    private static final byte[] KEY_CONTEXT = "vultus data key\npayroll".getBytes(StandardCharsets.UTF_8);

    private final JdbcClient jdbc;
    private final SiteKeys site;
    private final Aead key;

    private PayrollVault(JdbcClient jdbc, SiteKeys site, Aead key) {
        this.jdbc = jdbc;
        this.site = site;
        this.key = key;
    }

    /** Opens it, and makes the key where there is none; outside of any transaction, so that a key that was used is kept. */
    public static PayrollVault open(JdbcClient jdbc, SiteKeys site) {
        try {
            byte[] made = TinkProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
            byte[] wrapped = site.wrap(made, KEY_CONTEXT);
            Arrays.fill(made, (byte) 0);
            jdbc.sql("INSERT INTO data_keys (purpose, site_key_id, wrapped_key) VALUES ('PAYROLL', ?, ?)"
                            + " ON CONFLICT DO NOTHING")
                    .params(SiteKeys.keyOf(wrapped), wrapped)
                    .update();
            byte[] plain = site.unwrap(wrappedKey(jdbc), KEY_CONTEXT);
            try {
                return new PayrollVault(
                        jdbc,
                        site,
                        TinkProtoKeysetFormat.parseKeyset(plain, InsecureSecretKeyAccess.get())
                                .getPrimitive(RegistryConfiguration.get(), Aead.class));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new SealBroken("the data key of payroll is damaged", e);
        }
    }

    private static byte[] wrappedKey(JdbcClient jdbc) {
        return jdbc.sql("SELECT wrapped_key FROM data_keys WHERE purpose = 'PAYROLL'")
                .query((row, number) -> row.getBytes("wrapped_key"))
                .single();
    }

    /** @param context what it is and whose; must be given again to open it */
    public byte[] seal(String plain, String context) {
        try {
            return key.encrypt(plain.getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws SealBroken when it was not sealed here for this context, or was changed since */
    public String open(byte[] sealed, String context) {
        try {
            return new String(key.decrypt(sealed, context.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new SealBroken("a row of payroll does not open", e);
        }
    }

    /** Wraps the data key with the primary site key. */
    public void rewrap() {
        byte[] before = wrappedKey(jdbc);
        byte[] plain = site.unwrap(before, KEY_CONTEXT);
        byte[] anew = site.wrap(plain, KEY_CONTEXT);
        Arrays.fill(plain, (byte) 0);
        jdbc.sql("UPDATE data_keys SET wrapped_key = ?, site_key_id = ? WHERE purpose = 'PAYROLL' AND wrapped_key = ?")
                .params(anew, SiteKeys.keyOf(anew), before)
                .update();
    }
}
