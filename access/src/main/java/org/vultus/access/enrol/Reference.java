package org.vultus.access.enrol;

import java.util.UUID;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * A person's reference in force (ISO/IEC 2382-37, 37.03.16).
 *
 * @param enrolment which enrolment made it
 */
public record Reference(UUID enrolment, UUID subject, UUID department, FeatureVector features) {}
