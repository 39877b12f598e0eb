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
import org.junit.jupiter.params.provider.ValueSource;

class PairListTest {

    @TempDir
    Path images;

    private Path list;

    @BeforeEach
    void photos() throws IOException {
        list = images.resolve("pairs.csv");
        Files.createDirectory(images.resolve("ann"));
        Files.createFile(images.resolve("ann/1.jpg"));
        Files.createFile(images.resolve("ann/2.jpg"));
        Files.createFile(images.resolve("bob 1.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void readsPairsInTheirOrder(String end) throws IOException {
        write(String.join(
                end,
                "probe,reference,mated",
                "ann/1.jpg,ann/2.jpg,1",
                "",
                "  ",
                " ann/1.jpg , bob 1.png , 0 ",
                "ann/1.jpg,ann/2.jpg,1"));

        assertThat(PairList.read(list, images))
                .containsExactly(
                        new Pair("ann/1.jpg", "ann/2.jpg", true),
                        new Pair("ann/1.jpg", "bob 1.png", false),
                        new Pair("ann/1.jpg", "ann/2.jpg", true));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws IOException {
        write("\uFEFFprobe,reference,mated\nann/1.jpg,ann/2.jpg,1\nann/1.jpg,bob 1.png,0\n");

        assertThat(PairList.read(list, images)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann/1.jpg,ann/2.jpg        | expected probe,reference,mated, found \"ann/1.jpg,ann/2.jpg\"",
                "ann/1.jpg,ann/2.jpg,1,0    | expected probe,reference,mated",
                "ann/1.jpg;ann/2.jpg;1      | expected probe,reference,mated",
                "ann/1.jpg,ann/2.jpg,true   | mated must be 1 or 0, not \"true\"",
                "ann/1.jpg,ann/2.jpg,       | mated must be 1 or 0, not \"\"",
                "ann/1.jpg,ann/3.jpg,1      | there is no image",
                ",ann/2.jpg,1               | there is no image",
                "ann,ann/2.jpg,1            | there is no image",
                "ann/1.jpg,a\0b,1           | there is no image",
            })
    void aWrongLineIsNamed(String line, String problem) throws IOException {
        write("probe,reference,mated\n\nann/1.jpg,ann/2.jpg,1\n" + line + "\nann/1.jpg,bob 1.png,0\n");

        assertThatThrownBy(() -> PairList.read(list, images))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(list + " line 4: ")
                .hasMessageContaining(problem);
    }

    @Test
    void theMissingImageIsNamed() throws IOException {
        write("probe,reference,mated\nann/1.jpg,ann/3.jpg,1\n");

        assertThatThrownBy(() -> PairList.read(list, images))
                .hasMessageEndingWith("there is no image \"ann/3.jpg\" in " + images);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann/1.jpg,ann/2.jpg,1\n", "probe,reference\n", "reference,probe,mated\n"})
    void aListWithoutItsHeaderIsRefused(String text) throws IOException {
        write(text);

        assertThatThrownBy(() -> PairList.read(list, images))
                .isInstanceOf(UserError.class)
                .hasMessage(list + " must begin with the line probe,reference,mated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ann/1.jpg,ann/2.jpg,1\n", "ann/1.jpg,ann/2.jpg,0\n"})
    void bothKindsOfPairsAreNeeded(String text) throws IOException {
        write("probe,reference,mated\n" + text);

        assertThatThrownBy(() -> PairList.read(list, images))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("mated 1")
                .hasMessageContaining("mated 0");
    }

    @Test
    void aListThatCannotBeReadIsNamed() throws IOException {
        assertThatThrownBy(() -> PairList.read(list, images))
                .isInstanceOf(UserError.class)
                .hasMessage(list + " does not exist");
        assertThatThrownBy(() -> PairList.read(images, images))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(images + " cannot be read");
        Files.write(list, new byte[] {(byte) 0xFF, (byte) 0xFE, 'p', 0});
        assertThatThrownBy(() -> PairList.read(list, images))
                .isInstanceOf(UserError.class)
                .hasMessage(list + " is not UTF-8 text");
    }

    private void write(String text) throws IOException {
        Files.writeString(list, text);
    }
}
