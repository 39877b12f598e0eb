package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Deque's checker of accessibility, which the build of the pages fetches. The debugger runs it, which the content policy does not bind. */
final class Axe {
    private static final Path SCRIPT = Path.of("../web/node_modules/axe-core/axe.min.js");

    private static final int MOST_LOOKS = 10;
    private static final double BETWEEN_LOOKS_MS = 300;

    /** Colours that change are measured when they have changed; what moves for longer, or without end, is no change of colour. */
    private static final String SETTLED = """
            async () => {
              for (let frame = 0; frame < 2; frame++) {
                await new Promise((drawn) => requestAnimationFrame(drawn));
              }
              const short = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime <= 1000);
              await Promise.all(short.map((one) => one.finished.catch(() => undefined)));
              return typeof axe === 'undefined';
            }""";

    /** WCAG 2.2 AA in all its parts, each of which has a tag of its own, and best practices. */
    private static final String FIND = """
            async () => (await axe.run(document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
            })).violations.map((one) => one.id + ' ' + one.nodes.map((node) => node.html).join(' '))""";

    private Axe() {}

    /** @param where of which view, for whoever reads the failure */
    static void findsNothing(Page page, String where) {
        if (Boolean.TRUE.equals(page.evaluate(SETTLED))) {
            try {
                page.evaluate(Files.readString(SCRIPT));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        List<?> found = (List<?>) page.evaluate(FIND);
        // A page that is still being drawn has no heading yet; what stays is a fault.
        for (int looks = 1; !found.isEmpty() && looks < MOST_LOOKS; looks++) {
            page.waitForTimeout(BETWEEN_LOOKS_MS);
            found = (List<?>) page.evaluate(FIND);
        }
        assertThat(found).as(where).isEmpty();
    }
}
