/** From images to a person's reference: per-image verdicts, uniqueness, replacement. Keeps no image. */
@NullMarked
package org.vultus.access.enrol;

import org.jspecify.annotations.NullMarked;
