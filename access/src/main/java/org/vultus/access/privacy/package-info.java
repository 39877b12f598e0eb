/** What a person may ask for: withdrawal, erasure, access. */
@NullMarked
package org.vultus.access.privacy;

import org.jspecify.annotations.NullMarked;
