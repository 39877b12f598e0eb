/**
 * Trains the head of the passive check on folders of live people and attacks, and moves it to a site's own threshold. Nothing
 * here runs in the server, and no picture leaves it: a head is a file of weights.
 */
@NullMarked
package org.vultus.evaluation.pad;

import org.jspecify.annotations.NullMarked;
