package org.vultus.server.command;

import java.util.Arrays;

/** Where {@code ./vultus} enters the server: {@code serve} and the commands that talk to a running one. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        String command = arguments.length == 0 ? "serve" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        int code = switch (command) {
            case "serve" -> Serve.run(rest);
            case "enrol" -> CommandLines.run(new EnrolCommand(), rest);
            case "keys" -> CommandLines.run(new KeysCommand(), rest);
            case "audit" -> CommandLines.run(new AuditCommand(), rest);
            default -> {
                System.err.println("vultus: no command " + command + "; ./vultus help lists them.");
                yield 2;
            }
        };
        if (code != 0) {
            System.exit(code);
        }
    }
}
