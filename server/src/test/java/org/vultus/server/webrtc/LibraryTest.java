package org.vultus.server.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LibraryTest {

    @Test
    void oneThatCannotBeLoadedSaysWhyAndIsNotTriedAgain() {
        int[] tries = {0};
        Library library = new Library(() -> {
            tries[0]++;
            throw new ExceptionInInitializerError(new UnsatisfiedLinkError(
                    "/tmp/libwebrtc123.so: /tmp/libwebrtc123.so: libpulse.so.0: cannot open shared object file"));
        });
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(library::factory)
                    .isInstanceOf(Library.Unavailable.class)
                    .hasMessage("libpulse.so.0: cannot open shared object file");
        }
        assertThat(tries[0]).isEqualTo(1);
        assertThat(library.failure()).isEqualTo("libpulse.so.0: cannot open shared object file");
        assertThat(library.isLoaded()).isFalse();
    }
}
