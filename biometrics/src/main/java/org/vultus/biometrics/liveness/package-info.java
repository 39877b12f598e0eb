/**
 * Whether what stands before the camera is a person or a presentation attack (ISO/IEC 30107-1). The passive check looks at
 * frames and asks nothing of anybody; it is weak by itself: a bona fide decision is a condition for a sign-in and never the reason
 * for one. The active evidence watches a face do what a random script asks for, and looks for recordings among the frames.
 * Decides from scores, landmarks and hashes; knows no network, nobody's identity, and keeps no pixels.
 */
@NullMarked
package org.vultus.biometrics.liveness;

import org.jspecify.annotations.NullMarked;
