/**
 * Error rates after ISO/IEC 19795-1 from comparison scores: pure functions, arrays in and records out. Runs no pipeline and
 * reads no file.
 */
@NullMarked
package org.vultus.evaluation.metrics;

import org.jspecify.annotations.NullMarked;
