/**
 * From a short clip that a phone or a browser recorded to some of its pictures, each with its time: MP4 and QuickTime, WebM; H.264, VP8,
 * motion JPEG. In memory alone, within limits that are judged before anything is decoded. Knows nothing of faces and of sound.
 */
@NullMarked
package org.vultus.biometrics.clip;

import org.jspecify.annotations.NullMarked;
