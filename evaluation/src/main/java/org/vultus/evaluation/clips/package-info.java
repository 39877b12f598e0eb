/**
 * Whole sessions on video clips, for liveness and for the recognition of replays: reads the list, has ffmpeg decode the clips, runs the
 * sessions, and reports. Keeps no frame and writes none.
 */
@NullMarked
package org.vultus.evaluation.clips;

import org.jspecify.annotations.NullMarked;
