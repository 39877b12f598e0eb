package org.vultus.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommandLineSettingsTest {

    @Test
    void oneThatThereIsNotIsNamedWithoutItsValue() {
        assertThat(CommandLineSettings.unknown(
                        "--vultus.webrtc.turn-secre=hidden", "--vultus.data=x", "--server.port=1", "--vultus.web=y"))
                .containsExactly("vultus.webrtc.turn-secre", "vultus.web");
    }

    @Test
    void eachWayOfWritingOneIsKnown() {
        assertThat(CommandLineSettings.unknown(
                        "--vultus.webrtc.turnSecret=a",
                        "--vultus.webrtc.turn-secret=a",
                        "--vultus.webrtc.turn[0]=turn:a",
                        "--vultus.payroll.webhook-hosts=a=b",
                        "--vultus.gallery.qdrant.host=a"))
                .isEmpty();
    }

    @Test
    void thoseThatTheHandbookNamesAreThere() throws IOException {
        String[] named = Pattern.compile("(?m)^\\| `(vultus\\.[a-z.-]+)`")
                .matcher(Files.readString(Path.of("../docs/operations.md")))
                .results()
                .map(match -> "--" + match.group(1))
                .toArray(String[]::new);
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(CommandLineSettings.unknown(named)).isEmpty();
    }
}
