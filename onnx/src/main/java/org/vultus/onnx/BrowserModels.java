package org.vultus.onnx;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a browser needs to find a face by itself, so that its page can help people before a picture is sent: the detector and the
 * landmarks of a pack. Immutable.
 *
 * @param scoreThreshold the lowest confidence of a face, 0–1
 * @param nmsThreshold how much the boxes of two faces may overlap (intersection over union), 0–1
 */
public record BrowserModels(Network detector, double scoreThreshold, double nmsThreshold, Network landmarks) {

    /** Licences under which a file may be handed on, by their SPDX identifiers, at the beginning of the manifest's own words. */
    private static final Pattern MAY_BE_HANDED_ON =
            Pattern.compile("(MIT|MIT-0|Apache-2\\.0|BSD-[23]-Clause|ISC|CC0-1\\.0|Unlicense)([^A-Za-z0-9.-].*)?");

    /**
     * A network that takes (pixel − mean) / std, in planes: red, green, blue for the detector, luma for the landmarks.
     *
     * @param sha256 of its file, in lower-case hex
     * @param mean one value for all channels, or one per channel
     * @param std as {@code mean}
     */
    public record Network(String sha256, int width, int height, List<Double> mean, List<Double> std) {

        public Network {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }

        private static Network of(PackManifest.Model model) {
            ImageInput input = model.input();
            return new Network(model.sha256(), input.width(), input.height(), input.mean(), input.std());
        }
    }

    /** Empty where the pages do not understand the pack's detector, or where its licence does not say that it may be handed on. */
    static Optional<BrowserModels> of(PackManifest manifest) {
        PackManifest.Detector detector = manifest.detector();
        PackManifest.Landmarks landmarks = manifest.landmarks();
        boolean understood = detector.decoder() == Decoder.SSD
                && detector.input().channels() == ImageInput.Channels.RGB
                && landmarks.input().channels() == ImageInput.Channels.GREY;
        return understood && MAY_BE_HANDED_ON.matcher(manifest.licence()).matches()
                ? Optional.of(new BrowserModels(
                        Network.of(detector),
                        detector.scoreThreshold(),
                        detector.nmsThreshold(),
                        Network.of(landmarks)))
                : Optional.empty();
    }
}
