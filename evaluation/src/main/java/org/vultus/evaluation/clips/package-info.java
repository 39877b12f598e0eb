/**
 * Whole liveness sessions on video clips: reads the list, has ffmpeg decode the clips, runs the sessions, and reports. Keeps no
 * frame and writes none.
 */
@NullMarked
package org.vultus.evaluation.clips;

import org.jspecify.annotations.NullMarked;
