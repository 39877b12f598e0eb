/**
 * Keys: the site's keyset in a file, each person's data key under it, the key pairs that sign, and templates sealed with all of
 * these. The cryptography is Tink's and the JDK's.
 */
@NullMarked
package org.vultus.store.keys;

import org.jspecify.annotations.NullMarked;
