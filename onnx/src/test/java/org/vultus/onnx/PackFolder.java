package org.vultus.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A copy of the bundled pack in a folder, for tests to damage. */
record PackFolder(Path folder) {

    static final List<String> FILES = List.of(
            "fr_detect.onnx", "fr_landmark.onnx", "fr_pose.onnx", "fr_eye.onnx", "fr_liveness.onnx", "fr_feature.onnx");

    static PackFolder copy(Path folder) {
        PackFolder pack = new PackFolder(folder);
        pack.write(ModelPack.MANIFEST, bundled(ModelPack.MANIFEST));
        FILES.forEach(file -> pack.write(file, bundled(file)));
        return pack;
    }

    Path manifest() {
        return folder.resolve(ModelPack.MANIFEST);
    }

    void edit(String from, String to) {
        try {
            String yaml = Files.readString(manifest());
            if (!yaml.contains(from)) {
                throw new IllegalArgumentException("the manifest has no " + from);
            }
            Files.writeString(manifest(), yaml.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, byte[] bytes) {
        try {
            Files.write(folder.resolve(file), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bundled(String file) {
        try (InputStream in = PackFolder.class.getResourceAsStream("/org/vultus/models/" + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not bundled");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
