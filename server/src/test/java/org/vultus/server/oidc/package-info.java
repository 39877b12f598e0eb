/** Sign-in for the hospital's applications, by a stock client and with the real pages in a real browser. */
@NullMarked
package org.vultus.server.oidc;

import org.jspecify.annotations.NullMarked;
