package org.vultus.access.enrol;

import java.time.Instant;
import java.util.UUID;

/**
 * A reference about to be kept.
 *
 * @param quality the mean unified quality of the images used, 0 to 100
 * @param images how many images were used
 */
public record NewReference(Reference reference, int quality, int images, UUID enrolledBy, Instant enrolledAt) {}
