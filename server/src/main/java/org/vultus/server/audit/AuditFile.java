package org.vultus.server.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.audit.Checkpoint;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The format of an exported trail: JSON Lines in UTF-8, first a header, then records in the order of their sequence, each
 * checkpoint after the record it covers. Instants are text as {@link Instant#toString} gives it, since that is what is hashed.
 * Version 1 is frozen: exports of every age must stay readable. A field that the format does not know is refused, because no hash
 * covers it.
 */
public final class AuditFile {
    static final String FORMAT = "vultus-audit";
    static final int VERSION = 1;

    static final JsonMapper JSON = JsonMapper.builder()
            // A second field of the same name could show a reader something else than what was hashed.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private AuditFile() {}

    /**
     * The first line.
     *
     * @param keys the public Ed25519 keys that checkpoints are signed with, by name. They come with what they are to prove:
     *     who needs proof against the server's own administrators compares them with keys obtained elsewhere
     */
    public record Header(Instant exportedAt, SortedMap<String, PublicKey> keys) {
        public Header {
            keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        }
    }

    /**
     * Writes an export, entry by entry as the stream gives them, and flushes. Closes neither.
     *
     * @throws tools.jackson.core.JacksonException for text that is not Unicode
     */
    public static void write(Header header, Stream<AuditEntry> entries, OutputStream out) throws IOException {
        line(out, HeaderLine.of(header));
        for (Iterator<AuditEntry> i = entries.iterator(); i.hasNext(); ) {
            line(
                    out,
                    switch (i.next()) {
                        case AuditEntry.Event(AuditRecord record) -> RecordLine.of(record);
                        case AuditEntry.Signed(Checkpoint checkpoint) -> new SignedLine(CheckpointLine.of(checkpoint));
                    });
        }
        out.flush();
    }

    /**
     * A public Ed25519 key.
     *
     * @param base64 of its X.509 SubjectPublicKeyInfo, the form that PEM files hold between their marks
     * @throws IllegalArgumentException if it is none
     */
    public static PublicKey publicKey(String base64) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is not a public Ed25519 key", e);
        }
    }

    private static void line(OutputStream out, Object line) throws IOException {
        out.write(JSON.writeValueAsString(line).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    record KeyLine(String id, String publicKey) {
        KeyLine {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(publicKey, "public_key");
        }
    }

    record HeaderLine(String format, int version, String exportedAt, List<KeyLine> keys) {
        HeaderLine {
            Objects.requireNonNull(exportedAt, "exported_at");
            Objects.requireNonNull(keys, "keys");
        }

        static HeaderLine of(Header header) {
            List<KeyLine> keys = new ArrayList<>();
            header.keys()
                    .forEach((id, key) ->
                            keys.add(new KeyLine(id, Base64.getEncoder().encodeToString(key.getEncoded()))));
            return new HeaderLine(FORMAT, VERSION, header.exportedAt().toString(), keys);
        }

        Header header() {
            TreeMap<String, PublicKey> byId = new TreeMap<>();
            for (KeyLine key : keys) {
                if (byId.put(key.id(), publicKey(key.publicKey())) != null) {
                    throw new IllegalArgumentException("names the key " + key.id() + " twice");
                }
            }
            return new Header(Instant.parse(exportedAt), byId);
        }
    }

    record ActorLine(
            @Nullable UUID subject,
            @Nullable String address,
            @Nullable String device) {}

    record RecordLine(
            long sequence,
            String at,
            Action action,
            ActorLine actor,
            @Nullable UUID subject,
            @Nullable UUID department,
            boolean accepted,
            SortedMap<String, String> detail,
            String previous,
            String hash) {
        RecordLine {
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(actor, "actor");
            detail.values().forEach(value -> Objects.requireNonNull(value, "detail"));
            Objects.requireNonNull(previous, "previous");
            Objects.requireNonNull(hash, "hash");
        }

        static RecordLine of(AuditRecord record) {
            AuditEvent event = record.event();
            Actor actor = event.actor();
            return new RecordLine(
                    record.sequence(),
                    record.at().toString(),
                    event.action(),
                    new ActorLine(actor.subject(), actor.address(), actor.device()),
                    event.subject(),
                    event.department(),
                    event.accepted(),
                    event.detail(),
                    record.previous(),
                    record.hash());
        }

        AuditRecord auditRecord() {
            return new AuditRecord(
                    sequence,
                    Instant.parse(at),
                    new AuditEvent(
                            action,
                            new Actor(actor.subject(), actor.address(), actor.device()),
                            subject,
                            department,
                            accepted,
                            detail),
                    previous,
                    hash);
        }
    }

    record CheckpointLine(long sequence, String hash, String at, String key, String signature) {
        CheckpointLine {
            Objects.requireNonNull(hash, "hash");
            Objects.requireNonNull(at, "at");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(signature, "signature");
        }

        static CheckpointLine of(Checkpoint c) {
            return new CheckpointLine(c.sequence(), c.hash(), c.at().toString(), c.key(), c.signature());
        }
    }

    record SignedLine(CheckpointLine checkpoint) {
        SignedLine {
            Objects.requireNonNull(checkpoint, "checkpoint");
        }

        Checkpoint signed() {
            return new Checkpoint(
                    checkpoint.sequence(),
                    checkpoint.hash(),
                    Instant.parse(checkpoint.at()),
                    checkpoint.key(),
                    checkpoint.signature());
        }
    }
}
