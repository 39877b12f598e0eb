package org.vultus.access.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The state of the chain at one record, signed: whoever rewrites the chain from there on cannot make this signature.
 *
 * @param sequence the record it covers, with all before
 * @param hash of that record
 * @param key names the public key
 * @param signature Ed25519 over {@link #message}, base64
 */
public record Checkpoint(long sequence, String hash, Instant at, String key, String signature) {

    /** What is signed. */
    public static byte[] message(long sequence, String hash, Instant at) {
        return "vultus audit checkpoint 1\n%d\n%s\n%s\n"
                .formatted(sequence, hash, at)
                .getBytes(StandardCharsets.UTF_8);
    }
}
