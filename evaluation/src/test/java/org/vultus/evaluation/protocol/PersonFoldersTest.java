package org.vultus.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonFoldersTest {

    @TempDir
    private Path folder;

    @Test
    void eachFolderIsAPersonAndOnlyImagesCount() throws IOException {
        for (String name :
                List.of("b/2.PNG", "b/1.jpeg", "a/1.jpg", "a/notes.txt", "a/more/1.jpg", "c/x.webp", "d.jpg")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[1]);
        }

        assertThat(PersonFolders.read(folder))
                .containsOnlyKeys("a", "b", "c")
                .containsEntry("a", List.of("a/1.jpg"))
                .containsEntry("b", List.of("b/1.jpeg", "b/2.PNG"))
                .containsEntry("c", List.of("c/x.webp"));
    }

    @Test
    void aFolderWithoutPeopleIsRefused() {
        assertThatThrownBy(() -> PersonFolders.read(folder))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("one folder for each person");
        assertThatThrownBy(() -> PersonFolders.read(folder.resolve("none")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not a folder");
    }
}
