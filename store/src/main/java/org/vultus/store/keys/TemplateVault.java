package org.vultus.store.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;
import org.vultus.biometrics.embed.TemplateFormat;

/**
 * Seals templates with a key of each person's own (AES-256-GCM), which the site key wraps. The person, the extractor and the format
 * are authenticated with the template, so that a row copied to another person does not open. Destroying a person's key makes every
 * copy of their templates unreadable. Safe for several threads.
 */
public final class TemplateVault {
    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final SiteKeys site;

    public TemplateVault(JdbcClient jdbc, SiteKeys site) {
        this.jdbc = jdbc;
        this.site = site;
    }

    /** Seals a template, with a new data key when the person has none. */
    public byte[] seal(UUID subject, FeatureVector features) {
        byte[] plain = TemplateFormat.write(features);
        try {
            return keyOf(subject)
                    .orElseGet(() -> newKey(subject))
                    .encrypt(plain, context(subject, features.extractor(), TemplateFormat.VERSION));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** @throws SealBroken when the row is not this person's, was changed, or the person's key was destroyed */
    public FeatureVector open(UUID subject, ExtractorId extractor, int format, byte[] sealed) {
        Aead key = keyOf(subject).orElseThrow(() -> new SealBroken("the data key of " + subject + " is gone", null));
        return open(key, subject, extractor, format, sealed);
    }

    /** The same with a data key that was read together with the row. */
    public FeatureVector open(UUID subject, ExtractorId extractor, int format, byte[] sealed, byte[] wrappedKey) {
        return unwrapped(subject, wrappedKey).open(extractor, format, sealed);
    }

    /**
     * A data key that was read together with a row. Whoever opens many rows unwraps all their keys first: with the site key in
     * between, a processor would be prepared for it anew for each.
     *
     * @throws SealBroken when it is not this person's or was changed
     */
    public Unwrapped unwrapped(UUID subject, byte[] wrappedKey) {
        return new Unwrapped(subject, unwrap(subject, wrappedKey));
    }

    /** A person's data key. */
    public static final class Unwrapped {
        private final UUID subject;
        private final Aead key;

        private Unwrapped(UUID subject, Aead key) {
            this.subject = subject;
            this.key = key;
        }

        /** @throws SealBroken when the row is not this person's or was changed */
        public FeatureVector open(ExtractorId extractor, int format, byte[] sealed) {
            return TemplateVault.open(key, subject, extractor, format, sealed);
        }
    }

    /**
     * Seals a picture of a punch. Makes no key: whoever has none has no reference either.
     *
     * @param event of the punch; with the person it is authenticated, so that a row copied to another punch does not open
     * @return empty when the person has no data key
     */
    public Optional<byte[]> sealPicture(UUID subject, UUID event, byte[] jpeg) {
        return keyOf(subject).map(key -> {
            try {
                return key.encrypt(jpeg, pictureContext(subject, event));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /**
     * @return empty when the person has no data key any more
     * @throws SealBroken when the row is not this punch's or was changed
     */
    public Optional<byte[]> openPicture(UUID subject, UUID event, byte[] sealed) {
        return keyOf(subject).map(key -> {
            try {
                return key.decrypt(sealed, pictureContext(subject, event));
            } catch (GeneralSecurityException e) {
                throw new SealBroken("the picture of the punch " + event + " does not open", e);
            }
        });
    }

    private static byte[] pictureContext(UUID subject, UUID event) {
        return "vultus presence proof\n%s\n%s".formatted(event, subject).getBytes(StandardCharsets.UTF_8);
    }

    /** Destroys the person's data key. */
    public void destroyKey(UUID subject) {
        jdbc.sql("DELETE FROM subject_keys WHERE subject_id = ?").param(subject).update();
    }

    /**
     * Wraps data keys with the primary site key that are not yet, some at a time, while everything goes on. Can be interrupted and
     * called again.
     *
     * @return how many were wrapped anew
     */
    public int rewrap() {
        int done = 0;
        while (true) {
            List<UUID> batch = jdbc.sql("SELECT subject_id FROM subject_keys WHERE site_key_id <> ? LIMIT ?")
                    .params(site.primary(), BATCH)
                    .query((row, number) -> row.getObject("subject_id", UUID.class))
                    .list();
            if (batch.isEmpty()) {
                return done;
            }
            for (UUID subject : batch) {
                done += rewrap(subject);
            }
        }
    }

    private int rewrap(UUID subject) {
        Optional<byte[]> wrapped = wrappedKey(subject);
        if (wrapped.isEmpty()) {
            return 0;
        }
        byte[] plain = site.unwrap(wrapped.get(), subjectContext(subject));
        try {
            byte[] anew = site.wrap(plain, subjectContext(subject));
            // Only if nobody destroyed or replaced it meanwhile.
            return jdbc.sql(
                            "UPDATE subject_keys SET wrapped_key = ?, site_key_id = ? WHERE subject_id = ? AND wrapped_key = ?")
                    .params(anew, SiteKeys.keyOf(anew), subject, wrapped.get())
                    .update();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static FeatureVector open(Aead key, UUID subject, ExtractorId extractor, int format, byte[] sealed) {
        byte[] plain;
        try {
            plain = key.decrypt(sealed, context(subject, extractor, format));
        } catch (GeneralSecurityException e) {
            throw new SealBroken("the template of " + subject + " does not open", e);
        }
        try {
            return TemplateFormat.read(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private Optional<byte[]> wrappedKey(UUID subject) {
        return jdbc.sql("SELECT wrapped_key FROM subject_keys WHERE subject_id = ?")
                .param(subject)
                .query((row, number) -> row.getBytes("wrapped_key"))
                .optional();
    }

    private Optional<Aead> keyOf(UUID subject) {
        return wrappedKey(subject).map(wrapped -> unwrap(subject, wrapped));
    }

    private Aead unwrap(UUID subject, byte[] wrapped) {
        byte[] plain = site.unwrap(wrapped, subjectContext(subject));
        try {
            // The one key that newKey made, without a set of primitives around it: a start does this for everybody.
            return AesGcmJce.create(PersonKey.read(plain));
        } catch (GeneralSecurityException e) {
            throw new SealBroken("the data key of " + subject + " is damaged", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private Aead newKey(UUID subject) {
        try {
            KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            byte[] plain = TinkProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
            try {
                byte[] wrapped = site.wrap(plain, subjectContext(subject));
                jdbc.sql("INSERT INTO subject_keys (subject_id, site_key_id, wrapped_key) VALUES (?, ?, ?)")
                        .params(subject, SiteKeys.keyOf(wrapped), wrapped)
                        .update();
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
            return handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] subjectContext(UUID subject) {
        return ("vultus data key\n" + subject).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] context(UUID subject, ExtractorId extractor, int format) {
        // Not formatted(): this is done for every reference at a start.
        return ("vultus template\n" + subject + "\n" + extractor.sha256() + "\n" + format)
                .getBytes(StandardCharsets.UTF_8);
    }
}
