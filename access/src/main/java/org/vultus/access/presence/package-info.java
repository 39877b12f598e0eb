/**
 * Who stands at a device, for those who ask for that alone: by face within the device's departments, or by user name and PIN for people
 * who decline. Gives evidence of it. Sessions with a script are those of a sign-in with another end; no token is issued, and working
 * hours are unknown here.
 */
@NullMarked
package org.vultus.access.presence;

import org.jspecify.annotations.NullMarked;
