/**
 * What people may ask for and what time demands: withdrawal, erasure with its certificate, access to all that is stored of one person,
 * requests that somebody has to decide on, retention. Decides nothing about a face.
 */
@NullMarked
package org.vultus.access.privacy;

import org.jspecify.annotations.NullMarked;
