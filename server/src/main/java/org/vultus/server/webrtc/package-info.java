/**
 * Live video into a face session: offers are taken by WHIP (RFC 9725), pictures go where those of the socket go, and what the
 * session says comes back on a data channel. The only importer of the WebRTC library, which is loaded after the start where video is on.
 * Decides nothing about anybody.
 */
@NullMarked
package org.vultus.server.webrtc;

import org.jspecify.annotations.NullMarked;
