package org.vultus.biometrics.match;

import java.util.UUID;

/** One entry of a candidate list (ISO/IEC 2382-37, 37.03.12): whose reference it is, and how alike. */
public record Candidate(UUID subject, ComparisonScore score) {}
