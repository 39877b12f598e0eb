package org.vultus.store.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.vultus.store.CannotStart;

/**
 * The site's keyset (AES-256-GCM, Tink), which lies in a file that its owner alone may read and wraps every other key. The database
 * holds a known text under each of its keys, so that the wrong file is noticed before anything is written with it. Safe for several
 * threads.
 */
public final class SiteKeys {
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
            SiteKeys keys = new SiteKeys(file, Opened.of(read(file)));
            if (used) {
                keys.check(jdbc);
            } else {
                keys.remember(jdbc);
            }
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
            opened = Opened.of(next);
            remember(jdbc);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key file could not be replaced; the old key stays in use", e);
        }
    }

    private void remember(JdbcClient jdbc) {
        jdbc.sql("INSERT INTO site_keys (id, check_text) VALUES (?, ?)")
                .params(primary(), wrap(CHECK_TEXT, CHECK_DATA))
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
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        FileAttribute<?>[] attributes =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        String json = TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
        try (var channel =
                FileChannel.open(next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
            // A key that was used and then lost in a power failure would take the templates with it.
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
