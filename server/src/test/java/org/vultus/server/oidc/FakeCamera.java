package org.vultus.server.oidc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vultus.server.People;
import org.vultus.testkit.Grain;

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
        show(scenes, FRAMES_A_FACE);
    }

    /** From now on this clip runs before the camera, {@link People#FRAMES_A_SECOND} pictures a second. */
    void play(List<byte[]> clip) {
        show(clip, FRAMES_A_FACE / People.FRAMES_A_SECOND);
    }

    private void show(List<byte[]> faces, int times) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (byte[] face : faces) {
            for (int i = 0; i < times; i++) {
                frames.writeBytes(Grain.of(face));
            }
        }
        try {
            Files.write(clip, frames.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
