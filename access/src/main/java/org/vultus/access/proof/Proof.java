package org.vultus.access.proof;

import java.time.Instant;
import java.util.UUID;

/**
 * That a picture of a punch is kept.
 *
 * @param event of the punch
 * @param department of the person when it was taken: its policy says how long it is kept
 * @param takenAt the moment of the punch
 */
public record Proof(UUID event, UUID subject, UUID department, Instant takenAt) {}
