@NullMarked
package org.vultus.server.payroll;

import org.jspecify.annotations.NullMarked;
