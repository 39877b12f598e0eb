package org.vultus.access.audit;

import java.time.Instant;

/**
 * An event in its place in the chain.
 *
 * @param sequence 1 for the first, without gaps
 * @param at to the microsecond, which is what PostgreSQL keeps
 * @param previous the hash of the record before, 64 hexadecimal digits; {@link AuditChain#GENESIS} for the first
 * @param hash {@link AuditChain#hash} of all of this
 */
public record AuditRecord(long sequence, Instant at, AuditEvent event, String previous, String hash) {}
