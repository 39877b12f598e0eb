/**
 * What a run found, as JSON for programs and as one self-contained HTML page for people. Holds no picture of anybody.
 */
@NullMarked
package org.vultus.evaluation.report;

import org.jspecify.annotations.NullMarked;
