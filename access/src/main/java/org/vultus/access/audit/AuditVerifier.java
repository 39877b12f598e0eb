package org.vultus.access.audit;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a chain, record by record in order, each checkpoint after the record it covers. Stops looking at the first fault. Not
 * safe for several threads.
 */
public final class AuditVerifier {
    private final Map<String, PublicKey> keys;
    private final Map<Long, String> unsigned = new HashMap<>();
    private @Nullable AuditRecord last;
    private long first;
    private int checkpoints;
    private long lastSigned;
    private AuditVerdict.@Nullable Broken fault;

    /** @param keys the public keys that checkpoints may be signed with, by name; obtained apart from the export */
    public AuditVerifier(Map<String, PublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    public void accept(AuditRecord record) {
        if (fault != null) {
            return;
        }
        long sequence = record.sequence();
        if (last == null) {
            first = sequence;
            if (sequence == 1 && !record.previous().equals(AuditChain.GENESIS)) {
                fail(sequence, "the first record does not start the chain");
            }
        } else if (sequence != last.sequence() + 1) {
            fail(sequence, "record %d follows record %d".formatted(sequence, last.sequence()));
        } else if (!record.previous().equals(last.hash())) {
            fail(sequence, "the record does not follow from the one before");
        }
        if (fault == null
                && !AuditChain.hash(sequence, record.at(), record.event(), record.previous())
                        .equals(record.hash())) {
            fail(sequence, "the record was changed: its hash does not fit its contents");
        }
        last = record;
        unsigned.put(sequence, record.hash());
    }

    public void accept(Checkpoint checkpoint) {
        if (fault != null) {
            return;
        }
        long sequence = checkpoint.sequence();
        if (!checkpoint.hash().equals(unsigned.get(sequence))) {
            fail(sequence, "the checkpoint was signed over another record");
        } else if (!signed(checkpoint)) {
            fail(sequence, "the checkpoint's signature is not that of key " + checkpoint.key());
        } else {
            checkpoints++;
            lastSigned = sequence;
            unsigned.keySet().removeIf(s -> s < sequence);
        }
    }

    /** The verdict on all that was accepted. */
    public AuditVerdict verdict() {
        if (fault != null) {
            return fault;
        }
        return last == null
                ? new AuditVerdict.Broken(0, "the export holds no record")
                : new AuditVerdict.Intact(first, last.sequence(), checkpoints, lastSigned);
    }

    private boolean signed(Checkpoint checkpoint) {
        PublicKey key = keys.get(checkpoint.key());
        if (key == null) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(Checkpoint.message(checkpoint.sequence(), checkpoint.hash(), checkpoint.at()));
            return signature.verify(Base64.getDecoder().decode(checkpoint.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private void fail(long sequence, String what) {
        fault = new AuditVerdict.Broken(sequence, what);
    }
}
