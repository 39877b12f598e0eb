package org.vultus.server.command;

import picocli.CommandLine.Command;

/** {@code vultus enrol}. */
@Command(name = "enrol")
final class EnrolCommand {}
