/**
 * How fast the engine is: JMH benchmarks of each stage, of the whole pipeline and of the bare networks, measured in one run so
 * that their ratios mean something. Judges no accuracy.
 */
@NullMarked
package org.vultus.evaluation.benchmark;

import org.jspecify.annotations.NullMarked;
