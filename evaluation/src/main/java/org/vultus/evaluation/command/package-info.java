/**
 * The command line: options in, exit codes out. Each command reads its arguments, calls the packages that do the work, and
 * prints.
 */
@NullMarked
package org.vultus.evaluation.command;

import org.jspecify.annotations.NullMarked;
