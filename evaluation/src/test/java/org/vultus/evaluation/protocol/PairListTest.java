package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairListTest {
    private static final String GOOD = "a/1.jpg,a/2.jpg,1\na/1.jpg,b/1.jpg,0\n";

    @TempDir
    private Path images;

    @BeforeEach
    void photos() throws IOException {
        for (String name : new String[] {"a/1.jpg", "a/2.jpg", "b/1.jpg"}) {
            Files.createDirectories(images.resolve(name).getParent());
            Files.write(images.resolve(name), new byte[1]);
        }
    }

    @Test
    void aListIsReadInItsOrder() throws IOException {
        assertThat(PairList.read(list("probe,reference,mated\n" + GOOD), images))
                .containsExactly(new Pair("a/1.jpg", "a/2.jpg", true), new Pair("a/1.jpg", "b/1.jpg", false));
    }

    @Test
    void whatSpreadsheetsAddIsForgiven() throws IOException {
        String text = "\uFEFFprobe,reference,mated\r\n a/1.jpg , a/2.jpg , 1\r\n\r\na/1.jpg,b/1.jpg,0";

        assertThat(PairList.read(list(text), images)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a/1.jpg,b/1.jpg            | line 4: expected probe,reference,mated",
                "a/1.jpg,b/1.jpg,0,0        | line 4: expected probe,reference,mated",
                "a/1.jpg,b/1.jpg,yes        | line 4: mated must be 1 or 0, not \"yes\"",
                "a/1.jpg,b/1.jpg,           | line 4: mated must be 1 or 0",
                "a/1.jpg,b/9.jpg,0          | line 4: there is no image",
                "a,b/1.jpg,0                | line 4: there is no image",
                ",b/1.jpg,0                 | line 4: the name of an image is missing",
            })
    void aBadLineIsNamed(String line, String message) {
        assertThatThrownBy(() -> PairList.read(list("probe,reference,mated\n" + GOOD + line), images))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message)
                .hasMessageContaining("pairs.csv");
    }

    @Test
    void whatCannotBeAFileNameIsNamedToo() {
        assertThatThrownBy(() -> PairList.read(list("probe,reference,mated\na/1\0.jpg,b/1.jpg,0"), images))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void aListMustHaveItsHeaderAndBothKinds() {
        assertRefused(GOOD, "must begin with the line probe,reference,mated");
        assertRefused("", "must begin with the line probe,reference,mated");
        assertRefused("probe,reference,mated\n", "holds no pair");
        assertRefused("probe,reference,mated\na/1.jpg,a/2.jpg,1", "needs pairs");
    }

    @Test
    void aListThatIsNotThereOrNoTextIsSaidToBe() throws IOException {
        assertThatThrownBy(() -> PairList.read(images.resolve("none.csv"), images))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("does not exist");
        Path binary = Files.write(images.resolve("pairs.bin"), new byte[] {(byte) 0xC3, (byte) 0x28});
        assertThatThrownBy(() -> PairList.read(binary, images))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("UTF-8");
    }

    private void assertRefused(String text, String message) {
        assertThatThrownBy(() -> PairList.read(list(text), images))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }

    private Path list(String text) throws IOException {
        return Files.writeString(images.resolve("pairs.csv"), text);
    }
}
