package org.vultus.biometrics.detect;

import java.util.List;
import org.vultus.biometrics.image.RgbImage;

/** Port: finds every face. Implementations are safe to call from several threads. */
public interface FaceDetector {

    /** All faces, each once, most confident first; empty when there is none. */
    List<DetectedFace> detect(RgbImage image);
}
