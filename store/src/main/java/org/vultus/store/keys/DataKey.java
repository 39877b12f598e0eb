package org.vultus.store.keys;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A key of the whole site for one purpose, wrapped by the site key in {@code data_keys}. Safe for several threads and servers.
 *
 * @param <P> what can be done with it
 */
final class DataKey<P> {
    private final JdbcClient jdbc;
    private final SiteKeys site;
    private final String purpose;
    private final P primitive;

    private DataKey(JdbcClient jdbc, SiteKeys site, String purpose, P primitive) {
        this.jdbc = jdbc;
        this.site = site;
        this.purpose = purpose;
        this.primitive = primitive;
    }

    /**
     * Opens it, and makes it where there is none; outside of any transaction, so that a key that was used is kept.
     *
     * @param purpose its name in the table
     * @param kind of a key that has to be made
     * @throws SealBroken when it was not wrapped by this site, or is damaged
     */
    static <P> DataKey<P> open(JdbcClient jdbc, SiteKeys site, String purpose, Parameters kind, Class<P> use) {
        try {
            if (wrapped(jdbc, purpose).isEmpty()) {
                make(jdbc, site, purpose, kind);
            }
            byte[] plain = site.unwrap(wrapped(jdbc, purpose).orElseThrow(), context(purpose));
            try {
                KeysetHandle key = TinkProtoKeysetFormat.parseKeyset(plain, InsecureSecretKeyAccess.get());
                return new DataKey<>(jdbc, site, purpose, key.getPrimitive(RegistryConfiguration.get(), use));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException e) {
            throw new SealBroken("the data key " + purpose + " is damaged", e);
        }
    }

    P primitive() {
        return primitive;
    }

    /** Wraps it with the primary site key. */
    void rewrap() {
        byte[] before = wrapped(jdbc, purpose).orElseThrow();
        byte[] plain = site.unwrap(before, context(purpose));
        byte[] anew = site.wrap(plain, context(purpose));
        Arrays.fill(plain, (byte) 0);
        jdbc.sql("UPDATE data_keys SET wrapped_key = ?, site_key_id = ? WHERE purpose = ? AND wrapped_key = ?")
                .params(anew, SiteKeys.keyOf(anew), purpose, before)
                .update();
    }

    /** Of two servers that make one at once, the first has made it. */
    private static void make(JdbcClient jdbc, SiteKeys site, String purpose, Parameters kind)
            throws GeneralSecurityException {
        byte[] plain =
                TinkProtoKeysetFormat.serializeKeyset(KeysetHandle.generateNew(kind), InsecureSecretKeyAccess.get());
        byte[] wrapped = site.wrap(plain, context(purpose));
        Arrays.fill(plain, (byte) 0);
        jdbc.sql("INSERT INTO data_keys (purpose, site_key_id, wrapped_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                .params(purpose, SiteKeys.keyOf(wrapped), wrapped)
                .update();
    }

    private static Optional<byte[]> wrapped(JdbcClient jdbc, String purpose) {
        return jdbc.sql("SELECT wrapped_key FROM data_keys WHERE purpose = ?")
                .param(purpose)
                .query((row, number) -> row.getBytes("wrapped_key"))
                .optional();
    }

    private static byte[] context(String purpose) {
        return ("vultus data key\n" + purpose.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
    }
}
