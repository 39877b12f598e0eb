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
            case "beans" -> Beans.run(rest);
            case "prepare" -> Prepare.run(rest);
            case "enrol" -> EnrolCommand.line(ServerOptions::new).execute(rest);
            case "import" -> ImportCommand.line(ServerOptions::new).execute(rest);
            case "keys" -> KeysCommand.line(ServerOptions::new).execute(rest);
            case "gallery" -> GalleryCommand.line(ServerOptions::new).execute(rest);
            case "audit" -> AuditCommand.line(ServerOptions::new).execute(rest);
            case "privacy" -> PrivacyCommand.line().execute(rest);
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
