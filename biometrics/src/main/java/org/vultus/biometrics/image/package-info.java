/**
 * From untrusted bytes to upright pixels, and from pixels to the crops that networks take: safe decoding, resampling,
 * similarity warps. Knows nothing of faces, keeps no file and opens no address.
 */
@NullMarked
package org.vultus.biometrics.image;

import org.jspecify.annotations.NullMarked;
