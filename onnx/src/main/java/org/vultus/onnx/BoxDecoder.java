package org.vultus.onnx;

import java.nio.FloatBuffer;
import java.util.List;
import org.vultus.biometrics.detect.DetectedFace;

/**
 * Reads the faces out of a detector's outputs. A pure function: whatever the outputs hold, including NaN and infinities,
 * it gives valid boxes or drops the candidate, and throws nothing. Immutable, safe for several threads.
 */
sealed interface BoxDecoder permits SsdDecoder, ScrfdDecoder, RetinaFaceDecoder, YuNetDecoder {

    static BoxDecoder of(Decoder decoder, int width, int height) {
        return switch (decoder) {
            case SSD -> new SsdDecoder(width, height);
            case SCRFD -> new ScrfdDecoder(width, height);
            case RETINAFACE -> new RetinaFaceDecoder(width, height);
            case YUNET -> new YuNetDecoder(width, height);
        };
    }

    /**
     * The names of the outputs that {@link #decode} takes, in its order.
     *
     * @throws IllegalArgumentException when the network does not give them
     */
    List<String> select(List<OutputShape> outputs);

    /**
     * The candidates, before duplicates are suppressed, in the pixels of the network's input.
     *
     * @param outputs the selected outputs, read from index 0 on whatever the buffers' positions
     * @param minConfidence candidates below are dropped
     */
    List<DetectedFace> decode(List<FloatBuffer> outputs, double minConfidence);
}
