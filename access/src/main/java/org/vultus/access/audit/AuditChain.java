package org.vultus.access.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hash that ties a record to all before it: SHA-256 over the previous hash and every field, each as its length (four bytes,
 * −1 for absent) and its UTF-8, so that no two different records read the same. Frozen: exports of every age must verify.
 */
public final class AuditChain {
    /** What stands for the hash before the first record. */
    public static final String GENESIS = "0".repeat(64);

    private AuditChain() {}

    /** The record that follows one whose hash is {@code previous}. */
    public static AuditRecord next(long sequence, Instant at, AuditEvent event, String previous) {
        return new AuditRecord(sequence, at, event, previous, hash(sequence, at, event, previous));
    }

    /** 64 hexadecimal digits. */
    public static String hash(long sequence, Instant at, AuditEvent event, String previous) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            field(out, previous);
            out.writeLong(sequence);
            field(out, at.toString());
            field(out, event.action().name());
            field(out, text(event.actor().subject()));
            field(out, event.actor().address());
            field(out, event.actor().device());
            field(out, text(event.subject()));
            field(out, text(event.department()));
            out.writeBoolean(event.accepted());
            out.writeInt(event.detail().size());
            for (Map.Entry<String, String> fact : event.detail().entrySet()) {
                field(out, fact.getKey());
                field(out, fact.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static void field(DataOutputStream out, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
