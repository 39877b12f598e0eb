package org.vultus.store.enrolment;

import java.util.UUID;

/** A reference as its row has it. */
record SealedReference(UUID enrolment, UUID subject, UUID department, int format, byte[] template, byte[] wrappedKey) {}
