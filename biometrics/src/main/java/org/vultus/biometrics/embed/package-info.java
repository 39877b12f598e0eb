/**
 * From a located face to a feature vector, and from several vectors to a template: alignment, the extractor port,
 * fusion of enrolment images. Compares no two people.
 */
@NullMarked
package org.vultus.biometrics.embed;

import org.jspecify.annotations.NullMarked;
