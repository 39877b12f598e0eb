package org.vultus.biometrics.embed;

import org.vultus.biometrics.image.RgbImage;

/**
 * A face brought to the pose that extractors were trained on: {@value #SIZE}×{@value #SIZE} pixels, eyes level, the five
 * points as near to the ArcFace template as a similarity transform can bring them. Closing it wipes the pixels.
 */
public record AlignedFace(RgbImage pixels) implements AutoCloseable {

    public static final int SIZE = 112;

    public AlignedFace {
        if (pixels.width() != SIZE || pixels.height() != SIZE) {
            throw new IllegalArgumentException("%d×%d".formatted(pixels.width(), pixels.height()));
        }
    }

    @Override
    public void close() {
        pixels.close();
    }
}
