package org.vultus.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.vultus.access.audit.Action;
import org.vultus.access.audit.Actor;
import org.vultus.access.audit.AuditChain;
import org.vultus.access.audit.AuditEvent;
import org.vultus.access.audit.AuditRecord;
import org.vultus.access.audit.Checkpoint;

/** A trail that never happened, signed by a key made for it. */
public record SignedTrail(AuditFile.Header header, List<AuditEntry> entries, PublicKey key) {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final UUID PERSON = UUID.fromString("5b0c2a52-7e0c-4f0e-9a5e-0f6f5b9d1c01");
    private static final UUID DEPARTMENT = UUID.fromString("0d7f4f0a-3c89-4a15-8ad5-9b6f2c7e4402");

    /** @param every after how many records the trail is signed */
    public static SignedTrail of(int records, int every) {
        KeyPair keys = keys();
        List<AuditEntry> entries = new ArrayList<>();
        String previous = AuditChain.GENESIS;
        for (int i = 1; i <= records; i++) {
            Instant at = START.plusSeconds(60L * i).plusNanos(1000L * i);
            AuditRecord record = AuditChain.next(i, at, event(i), previous);
            entries.add(new AuditEntry.Event(record));
            if (i % every == 0) {
                entries.add(new AuditEntry.Signed(sign(record, at.plusSeconds(1), keys.getPrivate())));
            }
            previous = record.hash();
        }
        AuditFile.Header header =
                new AuditFile.Header(START.plusSeconds(3600), new TreeMap<>(Map.of("k1", keys.getPublic())));
        return new SignedTrail(header, entries, keys.getPublic());
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            AuditFile.write(header, entries.stream(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static AuditEvent event(int i) {
        Actor officer = new Actor(PERSON, "192.0.2.3", "tablet \"a\"");
        return switch (i % 3) {
            case 1 -> AuditEvent.done(Action.SERVER_STARTED, Actor.SYSTEM, null, null);
            case 2 ->
                AuditEvent.done(Action.ENROLMENT, officer, PERSON, DEPARTMENT).with("notice_version", "2026-01 ção");
            default -> AuditEvent.refused(Action.FACE_SIGN_IN, officer, PERSON, DEPARTMENT, "NOT_MATCHED");
        };
    }

    private static Checkpoint sign(AuditRecord record, Instant at, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(Checkpoint.message(record.sequence(), record.hash(), at));
            return new Checkpoint(
                    record.sequence(),
                    record.hash(),
                    at,
                    "k1",
                    Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
