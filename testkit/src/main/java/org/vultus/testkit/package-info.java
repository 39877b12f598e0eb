/**
 * What tests share: the demo photos of real faces that npm fetches beside the models, and captures derived from them. Holds
 * no test, and is never shipped.
 */
@NullMarked
package org.vultus.testkit;

import org.jspecify.annotations.NullMarked;
