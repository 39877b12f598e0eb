/**
 * Who stands at a device, for those who ask for that alone: by face within the device's departments, or by user name and PIN for people
 * who decline. Gives evidence of it; opens no session, issues no token and knows nothing of working hours.
 */
@NullMarked
package org.vultus.access.presence;

import org.jspecify.annotations.NullMarked;
