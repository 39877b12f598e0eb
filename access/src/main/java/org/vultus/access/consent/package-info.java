/** On what legal basis a person's face may be used, and when that ended (LGPD Art. 11). */
@NullMarked
package org.vultus.access.consent;

import org.jspecify.annotations.NullMarked;
