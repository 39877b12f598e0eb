package org.vultus.onnx;

/**
 * The content of {@code model-pack.yaml}, checked. Keys that are not here are refused, and every key is required.
 *
 * @param format the version of this format, 1
 * @param name what the pack is called in reports
 * @param licence under which licence the model files may be used, as their origin declares it
 */
record PackManifest(
        int format,
        String name,
        String licence,
        Detector detector,
        Landmarks landmarks,
        Pose pose,
        Eyes eyes,
        Liveness liveness,
        Extractor extractor) {

    private static final int FORMAT = 1;

    PackManifest {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format %d is not known, only %d is".formatted(format, FORMAT));
        }
        if (name.isBlank() || licence.isBlank()) {
            throw new IllegalArgumentException("name and licence must not be empty");
        }
    }

    /** One network of the pack. */
    sealed interface Model {

        /** The name of a file in the pack's own folder. */
        String file();

        /** The SHA-256 that the file must have, in lower-case hex. */
        String sha256();

        ImageInput input();

        private static void check(String file, String sha256) {
            // No separator, so that a pack reads nothing outside its folder.
            if (!file.matches("[A-Za-z0-9_][A-Za-z0-9._-]*")) {
                throw new IllegalArgumentException("not a plain file name: " + file);
            }
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("not a SHA-256 in lower-case hex: " + sha256);
            }
        }
    }

    /**
     * @param scoreThreshold the lowest confidence of a face, 0–1
     * @param nmsThreshold how much the boxes of two faces may overlap (intersection over union), 0–1
     */
    record Detector(
            String file, String sha256, Decoder decoder, ImageInput input, double scoreThreshold, double nmsThreshold)
            implements Model {
        Detector {
            Model.check(file, sha256);
            if (!(scoreThreshold > 0 && scoreThreshold < 1 && nmsThreshold > 0 && nmsThreshold < 1)) {
                throw new IllegalArgumentException("score_threshold and nms_threshold must lie between 0 and 1");
            }
        }
    }

    record Landmarks(String file, String sha256, ImageInput input) implements Model {
        Landmarks {
            Model.check(file, sha256);
        }
    }

    /** @param outputs which output holds which angle */
    record Pose(String file, String sha256, ImageInput input, Outputs outputs) implements Model {
        Pose {
            Model.check(file, sha256);
        }

        record Outputs(String yaw, String pitch, String roll) {}
    }

    record Eyes(String file, String sha256, ImageInput input) implements Model {
        Eyes {
            Model.check(file, sha256);
        }
    }

    record Liveness(String file, String sha256, ImageInput input) implements Model {
        Liveness {
            Model.check(file, sha256);
        }
    }

    /** @param dimension the number of features */
    record Extractor(String file, String sha256, ImageInput input, int dimension) implements Model {
        Extractor {
            Model.check(file, sha256);
            if (dimension < 1 || dimension > 4096) {
                throw new IllegalArgumentException("dimension must be 1 to 4096, not " + dimension);
            }
        }
    }
}
