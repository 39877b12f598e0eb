/**
 * What Portaria MTP 671/2021 asks of a time clock that is a program (REP-P): numbers of employers and people, the AFD's records and
 * the AEJ, in the layouts AFD 003 and AEJ 001. Pure functions and values; stores nothing, signs nothing, and certifies nothing.
 */
@NullMarked
package org.vultus.attendance.brazil;

import org.jspecify.annotations.NullMarked;
