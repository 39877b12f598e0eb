package org.vultus.server.oidc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vultus.server.People;

/** The clip that Chromium shows as its camera, again and again. It reads the file anew whenever a page opens the camera. */
final class FakeCamera {
    /** Chromium shows such clips at 30 frames a second. */
    private static final int FRAMES_A_FACE = 30;

    private final Path clip;

    FakeCamera(Path clip) {
        this.clip = clip;
    }

    Path clip() {
        return clip;
    }

    /** From now on this person sits before the camera: about three seconds, as JPEG files one after another. */
    void show(People person) {
        show(person.signIn());
    }

    /** From now on it shows these JPEG files, each for a second, and begins anew. */
    void show(List<byte[]> scenes) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (byte[] scene : scenes) {
            for (int i = 0; i < FRAMES_A_FACE; i++) {
                frames.writeBytes(scene);
            }
        }
        try {
            Files.write(clip, frames.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
