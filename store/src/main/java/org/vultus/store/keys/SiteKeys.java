package org.vultus.store.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.store.CannotStart;
import org.vultus.store.PrivateFile;

/**
 * The site's keyset (AES-256-GCM, Tink), which lies in a file that its owner alone may read and wraps every other key. The database
 * holds a known text under each of its keys, so that the wrong file is noticed before anything is written with it. Safe for several
 * threads.
 */
public final class SiteKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SiteKeys.class);

    private static final byte[] CHECK_TEXT = "Vultus site key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CHECK_DATA = "site_keys.check_text".getBytes(StandardCharsets.UTF_8);

    private final Path file;
    private volatile Opened opened;

    /** The keyset and what it encrypts with. */
    private record Opened(KeysetHandle handle, Aead aead) {
        static Opened of(KeysetHandle handle) throws GeneralSecurityException {
            return new Opened(handle, handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
        }

        long primary() {
            return Integer.toUnsignedLong(handle.getPrimary().getId());
        }
    }

    private SiteKeys(Path file, Opened opened) {
        this.file = file;
        this.opened = opened;
    }

    /**
     * Opens the keyset that belongs to the database, or makes one for a database that has none yet.
     *
     * @throws CannotStart when the file is missing, damaged, or another database's; nothing was changed
     */
    public static SiteKeys open(Path file, JdbcClient jdbc) {
        try {
            AeadConfig.register();
            boolean used = jdbc.sql("SELECT EXISTS (SELECT 1 FROM site_keys)")
                    .query(Boolean.class)
                    .single();
            if (!Files.exists(file)) {
                if (used) {
                    throw new CannotStart("The key file " + file
                            + " is missing, and without it the templates in the database cannot be read."
                            + " Restore it from its backup, or start with another data folder.");
                }
                write(file, KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
            }
            if (PrivateFile.isOpenToOthers(file)) {
                LOG.warn("Other accounts can read the key file {}; take their right away (chmod 600)", file);
            }
            SiteKeys keys = new SiteKeys(file, Opened.of(read(file)));
            if (used) {
                // Before anything is written.
                keys.check(jdbc);
            }
            // Also a key that a rotation added just before the server was killed.
            remember(jdbc, keys.opened);
            // Of two servers that start on an empty database at once, each with a file of its own, one is wrong.
            keys.check(jdbc);
            return keys;
        } catch (GeneralSecurityException e) {
            throw new CannotStart("The key file " + file + " is damaged. Restore it from its backup.", e);
        } catch (IOException e) {
            throw new CannotStart(
                    "The key file " + file + " cannot be read or written: " + e.getMessage()
                            + ". Check that it belongs to the user that runs Vultus.",
                    e);
        }
    }

    /** The identifier of the key that new things are wrapped with. */
    public long primary() {
        return opened.primary();
    }

    /**
     * The identifier of the key that something was wrapped with, which Tink writes before it: a byte 1, then the identifier in four
     * bytes, big-endian.
     */
    public static long keyOf(byte[] wrapped) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(wrapped).getInt(1));
    }

    /** Encrypts; {@code context} must be given again to decrypt. */
    public byte[] wrap(byte[] plain, byte[] context) {
        try {
            return opened.aead().encrypt(plain, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws SealBroken when it was not wrapped by this site for this context, or was changed since */
    public byte[] unwrap(byte[] wrapped, byte[] context) {
        try {
            return opened.aead().decrypt(wrapped, context);
        } catch (GeneralSecurityException e) {
            throw new SealBroken("a wrapped key does not open", e);
        }
    }

    /**
     * Adds a key and wraps with it from now on; what older keys wrapped still opens. The file is replaced in one step before the key
     * is used.
     */
    public synchronized void addKey(JdbcClient jdbc) {
        try {
            KeysetHandle next = KeysetHandle.newBuilder(opened.handle())
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build();
            write(file, next);
            Opened added = Opened.of(next);
            // Known to the database before anything is wrapped with it.
            remember(jdbc, added);
            opened = added;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key file could not be replaced; the old key stays in use", e);
        }
    }

    /**
     * Disables every key but the primary, so that what was wrapped before the rotation, in a stolen backup say, does not open with
     * this file any more.
     *
     * @return {@code false} when something is still wrapped with an older key; nothing was changed then
     */
    public synchronized boolean disableOldKeys(JdbcClient jdbc) {
        boolean unfinished = jdbc.sql(
                        "SELECT EXISTS (SELECT 1 FROM subject_keys WHERE site_key_id <> :primary)"
                                + " OR EXISTS (SELECT 1 FROM signing_keys WHERE private_key IS NOT NULL AND site_key_id <> :primary)")
                .param("primary", primary())
                .query(Boolean.class)
                .single();
        if (unfinished) {
            return false;
        }
        // The rows first: a key without a row does no harm, a row without a key forbids the next start. The foreign key
        // of
        // subject_keys waits for an enrolment that is about to be kept, and refuses one that comes too late.
        try {
            jdbc.sql("DELETE FROM site_keys WHERE id <> ?").param(primary()).update();
        } catch (DataIntegrityViolationException e) {
            return false;
        }
        try {
            KeysetHandle.Builder builder = KeysetHandle.newBuilder(opened.handle());
            for (int i = 0; i < builder.size(); i++) {
                if (!builder.getAt(i).isPrimary()) {
                    builder.getAt(i).setStatus(KeyStatus.DISABLED);
                }
            }
            KeysetHandle next = builder.build();
            write(file, next);
            opened = Opened.of(next);
            return true;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key file could not be replaced; the old keys stay enabled", e);
        }
    }

    private static void remember(JdbcClient jdbc, Opened keys) throws GeneralSecurityException {
        jdbc.sql("INSERT INTO site_keys (id, check_text) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(keys.primary(), keys.aead().encrypt(CHECK_TEXT, CHECK_DATA))
                .update();
    }

    private void check(JdbcClient jdbc) {
        for (byte[] text : jdbc.sql("SELECT check_text FROM site_keys")
                .query((row, number) -> row.getBytes("check_text"))
                .list()) {
            try {
                unwrap(text, CHECK_DATA);
            } catch (SealBroken e) {
                throw new CannotStart(
                        "The key file " + file + " does not belong to this database, or is older than it."
                                + " Restore the file that was in use with it.",
                        e);
            }
        }
    }

    private static KeysetHandle read(Path file) throws IOException, GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
    }

    private static void write(Path file, KeysetHandle handle) throws IOException, GeneralSecurityException {
        PrivateFile.createFolder(file.toAbsolutePath().resolveSibling(""));
        String json = TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
        PrivateFile.write(file, json.getBytes(StandardCharsets.UTF_8));
    }
}
