package org.vultus.access.privacy;

import java.time.Instant;
import java.util.UUID;

/**
 * That a person's record was erased. Names them by the identifier alone that the audit trail keeps.
 *
 * @param id of this certificate; the audit event of the erasure names it
 */
public record ErasureCertificate(UUID id, UUID subject, Instant erasedAt, Destroyed destroyed) {}
