/** From frames or a password to evidence of who is there, or to a refusal that tells nothing. Issues no token. */
@NullMarked
package org.vultus.access.signin;

import org.jspecify.annotations.NullMarked;
