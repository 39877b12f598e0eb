package org.vultus.store.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The secret from which the keys of vectors outside of the process are derived ({@code biometrics.match.CancellableTransform}): 256
 * random bits in the database, wrapped by the site key, made when they are first asked for. Safe for several threads and servers.
 */
public final class GallerySecret {
    private static final int BYTES = 32;
    private static final byte[] CONTEXT = "vultus gallery secret".getBytes(StandardCharsets.UTF_8);

    private final JdbcClient jdbc;
    private final SiteKeys site;

    public GallerySecret(JdbcClient jdbc, SiteKeys site) {
        this.jdbc = jdbc;
        this.site = site;
    }

    /** @throws SealBroken when it was not wrapped by this site */
    public SecretKey key() {
        byte[] plain = site.unwrap(wrapped().orElseGet(this::make), CONTEXT);
        try {
            return new SecretKeySpec(plain, "HKDF");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Wraps it with the primary site key, if there is one and it is not yet. */
    public void rewrap() {
        wrapped().filter(wrapped -> SiteKeys.keyOf(wrapped) != site.primary()).ifPresent(wrapped -> {
            byte[] plain = site.unwrap(wrapped, CONTEXT);
            try {
                byte[] anew = site.wrap(plain, CONTEXT);
                jdbc.sql("UPDATE gallery_secret SET wrapped = ?, site_key_id = ? WHERE wrapped = ?")
                        .params(anew, SiteKeys.keyOf(anew), wrapped)
                        .update();
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        });
    }

    private Optional<byte[]> wrapped() {
        return jdbc.sql("SELECT wrapped FROM gallery_secret")
                .query((row, number) -> row.getBytes("wrapped"))
                .optional();
    }

    private byte[] make() {
        byte[] plain = new byte[BYTES];
        new SecureRandom().nextBytes(plain);
        try {
            byte[] wrapped = site.wrap(plain, CONTEXT);
            // Of two servers that make one at once, the first has made it.
            jdbc.sql("INSERT INTO gallery_secret (site_key_id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING")
                    .params(SiteKeys.keyOf(wrapped), wrapped)
                    .update();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
        return wrapped().orElseThrow();
    }
}
