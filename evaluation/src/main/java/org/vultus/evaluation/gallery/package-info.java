/**
 * Galleries of any size: synthetic identities after the statistic of real ones, how fast they are searched, beside what else there
 * is, and what identification among so many can and cannot do. Knows no photos.
 */
@NullMarked
package org.vultus.evaluation.gallery;

import org.jspecify.annotations.NullMarked;
