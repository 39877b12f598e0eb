/**
 * Proof of presence: small pictures of punches, kept where the department's policy and the person's consent both allow it, shown to few
 * and each time remembered. Makes no picture and judges no face.
 */
@NullMarked
package org.vultus.access.proof;

import org.jspecify.annotations.NullMarked;
