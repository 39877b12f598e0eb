/** Who may use the networks now: a bounded pool that serves sessions in turn. Knows no face and no HTTP. */
@NullMarked
package org.vultus.server.inference;

import org.jspecify.annotations.NullMarked;
