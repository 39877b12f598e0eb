package org.vultus.server.command;

import picocli.CommandLine.Command;

/** {@code vultus audit}. */
@Command(name = "audit")
final class AuditCommand {}
