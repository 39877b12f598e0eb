/**
 * Where the faces are and where their parts are: the detector and landmark ports, boxes, points, suppression of
 * duplicate boxes and the rule that picks the one face. Runs no network itself.
 */
@NullMarked
package org.vultus.biometrics.detect;

import org.jspecify.annotations.NullMarked;
