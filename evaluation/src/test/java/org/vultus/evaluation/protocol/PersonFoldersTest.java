package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PersonFoldersTest {

    @TempDir
    Path folder;

    @Test
    void listsThePhotosOfEachFolderByName() throws IOException {
        photo("bob/2.JPG");
        photo("bob/10.jpeg");
        photo("ann/b.webp");
        photo("ann/a.png");
        photo("ann/notes.txt");
        photo("ann/deeper/c.jpg");
        photo("loose.jpg");
        photo("carl/readme");
        Files.createDirectories(folder.resolve("dora/x.jpg"));

        assertThat(PersonFolders.read(folder))
                .containsExactly(
                        Map.entry("ann", List.of(path("ann/a.png"), path("ann/b.webp"))),
                        Map.entry("bob", List.of(path("bob/10.jpeg"), path("bob/2.JPG"))));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void followsLinks() throws IOException {
        photo("real/ann/a.jpg");
        Path elsewhere = folder.resolve("elsewhere");
        Files.createDirectory(elsewhere);
        Files.createSymbolicLink(elsewhere.resolve("bob"), folder.resolve("real/ann"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), elsewhere);

        assertThat(PersonFolders.read(link)).containsExactly(Map.entry("bob", List.of("bob/a.jpg")));
    }

    @Test
    void aFolderThatIsMissingOrHoldsNobodyIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> PersonFolders.read(missing))
                .isInstanceOf(UserError.class)
                .hasMessage(missing + " is not a folder");
        photo("loose.jpg");
        assertThatThrownBy(() -> PersonFolders.read(folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("one folder for each person");
    }

    private static String path(String name) {
        return Path.of(name).toString();
    }

    private void photo(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.createFile(folder.resolve(name));
    }
}
