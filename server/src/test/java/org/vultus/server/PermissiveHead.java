package org.vultus.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vultus.onnx.ModelPack;
import org.vultus.onnx.PadHeadFile;

/**
 * A head of the passive check that takes nearly everything for live, for tests of live video: a still face that a codec has
 * compressed is what the liveness network takes for a screen, and it is the transport that is tested.
 */
public final class PermissiveHead {
    private PermissiveHead() {}

    /** The option that makes a server use it. */
    public static String option() {
        PadHeadFile shipped = ModelPack.bundled().padHead().orElseThrow();
        try {
            Path file = Files.createTempFile("permissive", ".json");
            file.toFile().deleteOnExit();
            Files.writeString(
                    file,
                    shipped.calibrated(new PadHeadFile.Calibration("2026-01-01", 0.5, 6, 25))
                            .json());
            return "--vultus.pad.head=" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
