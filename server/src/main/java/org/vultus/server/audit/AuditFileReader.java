package org.vultus.server.audit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads an exported trail line by line, so that its length does not matter. Not safe for several threads. */
public final class AuditFileReader implements Closeable {
    private final BufferedReader in;
    private final AuditFile.Header header;
    private long line;

    /**
     * Reads the header.
     *
     * @param in UTF-8; closed with this
     * @throws AuditFileException if this is no export, or one of a later version
     */
    public AuditFileReader(InputStream in) throws IOException {
        // Unlike the usual one, this decoder does not repair what is not UTF-8.
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        JsonNode first = readLine();
        if (first == null || !first.path("format").asString("").equals(AuditFile.FORMAT)) {
            throw new AuditFileException(1, "does not say that this is an export of an audit trail", null);
        }
        if (first.path("version").asInt(0) != AuditFile.VERSION) {
            throw new AuditFileException(
                    1,
                    "tells of version %s of the format; this program reads version %d"
                            .formatted(first.path("version"), AuditFile.VERSION),
                    null);
        }
        header = understood(() ->
                AuditFile.JSON.treeToValue(first, AuditFile.HeaderLine.class).header());
    }

    public AuditFile.Header header() {
        return header;
    }

    /**
     * The next entry, or {@code null} after the last.
     *
     * @throws AuditFileException if the line is neither record nor checkpoint
     */
    public @Nullable AuditEntry next() throws IOException {
        JsonNode node = readLine();
        if (node == null) {
            return null;
        }
        return node.has("checkpoint")
                ? understood(() -> new AuditEntry.Signed(AuditFile.JSON
                        .treeToValue(node, AuditFile.SignedLine.class)
                        .signed()))
                : understood(() -> new AuditEntry.Event(AuditFile.JSON
                        .treeToValue(node, AuditFile.RecordLine.class)
                        .auditRecord()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private @Nullable JsonNode readLine() throws IOException {
        line++;
        String text;
        try {
            text = in.readLine();
        } catch (CharacterCodingException e) {
            throw new AuditFileException(line, "is not UTF-8", e);
        }
        return text == null ? null : understood(() -> AuditFile.JSON.readTree(text));
    }

    private interface Line<T> {
        T read();
    }

    private <T> T understood(Line<T> reading) throws AuditFileException {
        try {
            return reading.read();
        } catch (JacksonException e) {
            throw new AuditFileException(line, "cannot be read: " + e.getOriginalMessage(), e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new AuditFileException(line, "cannot be read: " + e.getMessage(), e);
        }
    }
}
