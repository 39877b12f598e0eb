/**
 * The use cases: people and their departments, the legal basis, enrolment, verification and identification, evidence for
 * tokens, privacy, audit. Plain Java over ports that {@code store} and {@code server} implement; knows no SQL and no HTTP.
 */
@NullMarked
package org.vultus.access;

import org.jspecify.annotations.NullMarked;
