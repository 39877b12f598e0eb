@NullMarked
package org.vultus.server.csv;

import org.jspecify.annotations.NullMarked;
