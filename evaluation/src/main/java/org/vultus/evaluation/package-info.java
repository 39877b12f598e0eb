/**
 * The entry of the command line.
 */
@NullMarked
package org.vultus.evaluation;

import org.jspecify.annotations.NullMarked;
