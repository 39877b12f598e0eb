/** The command line of the server. The only package that prints. */
@NullMarked
package org.vultus.server.command;

import org.jspecify.annotations.NullMarked;
