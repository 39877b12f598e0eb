/**
 * Whether what stands before the camera is a person or a presentation attack (ISO/IEC 30107-1): the passive check, which
 * looks at frames and asks nothing of anybody. Decides from scores; knows no network, nobody's identity, and keeps no
 * pixels. The check is weak by itself: a bona fide decision is a condition for a sign-in and never the reason for one.
 */
@NullMarked
package org.vultus.biometrics.liveness;

import org.jspecify.annotations.NullMarked;
