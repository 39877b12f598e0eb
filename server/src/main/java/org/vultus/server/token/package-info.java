/** Tokens: signing keys, OpenID Connect, the way from evidence of a sign-in to a token. Proves nobody. */
@NullMarked
package org.vultus.server.token;

import org.jspecify.annotations.NullMarked;
