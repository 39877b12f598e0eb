package org.vultus.server.command;

import picocli.CommandLine.Command;

/** {@code vultus keys}. */
@Command(name = "keys")
final class KeysCommand {}
