/** Tests of live video. */
@NullMarked
package org.vultus.server.webrtc;

import org.jspecify.annotations.NullMarked;
