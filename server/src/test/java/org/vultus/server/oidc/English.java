package org.vultus.server.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sentences of the pages' English dictionaries, none of which is to be seen by whoever reads Portuguese. */
final class English {
    private static final Path SOURCES = Path.of("../web/src");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    /** At least two words; one alone may be the same in both languages, or a name. */
    private static final Pattern SENTENCE = Pattern.compile("'([^'\n]+ [^'\n]+)'");

    private static final String SHOWN = """
            () => document.title + '\\n' + document.body.innerText + '\\n' + [...document.querySelectorAll('*')].flatMap((one) =>
                ['aria-label', 'placeholder', 'title', 'alt'].map((name) => one.getAttribute(name) ?? '')).join('\\n')""";

    private final List<String> sentences;

    private English(List<String> sentences) {
        this.sentences = sentences;
    }

    static English read() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return new English(files.filter(file -> file.endsWith("words.en.ts") || file.endsWith("words/en.ts"))
                    .flatMap(
                            file -> SENTENCE.matcher(COMMENT.matcher(text(file)).replaceAll(""))
                                    .results()
                                    .map(MatchResult::group))
                    .map(quoted -> quoted.substring(1, quoted.length() - 1))
                    .distinct()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns the page to Portuguese and back. It shows that heading then, and nothing in English. */
    void isLeftOutBy(Page page, String heading) {
        assertThat(on(page)).as("in English").isNotEmpty();
        language(page, "Português");
        page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions()
                                .setName(heading)
                                .setExact(true)
                                .setLevel(1))
                .waitFor();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("pt-BR");
        assertThat(on(page)).as(heading).isEmpty();
        Axe.findsNothing(page, heading);
        language(page, "English");
    }

    private static void language(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .click();
    }

    private List<String> on(Page page) {
        String shown = (String) page.evaluate(SHOWN);
        return sentences.stream().filter(shown::contains).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
