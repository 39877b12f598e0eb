package org.vultus.onnx;

import java.nio.FloatBuffer;
import org.vultus.biometrics.image.RgbImage;

/** Turns interleaved bytes into the planar floats of one network, by table. Immutable, safe for several threads. */
final class TensorPacker {
    private final ImageInput input;
    /** The tensor value of every byte value, by plane. */
    private final float[][] tables;
    /** Where in an R, G, B pixel each plane is read; unused for grey. */
    private final int[] offsets;

    TensorPacker(ImageInput input) {
        this.input = input;
        this.tables = new float[input.channels().count][256];
        for (int c = 0; c < tables.length; c++) {
            for (int v = 0; v < 256; v++) {
                tables[c][v] = (float) ((v - input.mean(c)) / input.std(c));
            }
        }
        this.offsets = switch (input.channels()) {
            case RGB -> new int[] {0, 1, 2};
            case BGR -> new int[] {2, 1, 0};
            case GREY -> new int[] {0};
        };
    }

    /** Fills {@code tensor} from its start with one image of exactly the network's size. */
    void pack(RgbImage image, FloatBuffer tensor) {
        if (image.width() != input.width() || image.height() != input.height()) {
            throw new IllegalArgumentException("the network takes %d×%d pixels, not %d×%d"
                    .formatted(input.width(), input.height(), image.width(), image.height()));
        }
        if (input.channels() == ImageInput.Channels.GREY) {
            packGrey(image.rgb(), tensor);
        } else {
            packColour(image.rgb(), tensor);
        }
    }

    private void packColour(byte[] rgb, FloatBuffer tensor) {
        int plane = rgb.length / 3;
        float[] t0 = tables[0];
        float[] t1 = tables[1];
        float[] t2 = tables[2];
        int o0 = offsets[0];
        int o2 = offsets[2];
        for (int i = 0, p = 0; i < plane; i++, p += 3) {
            tensor.put(i, t0[rgb[p + o0] & 0xFF]);
            tensor.put(plane + i, t1[rgb[p + 1] & 0xFF]);
            tensor.put(2 * plane + i, t2[rgb[p + o2] & 0xFF]);
        }
    }

    /** Luma in OpenCV's fixed-point form of ITU-R BT.601 (imgproc, color_rgb: 14 fractional bits). */
    private void packGrey(byte[] rgb, FloatBuffer tensor) {
        float[] table = tables[0];
        for (int i = 0, p = 0; p < rgb.length; i++, p += 3) {
            int luma = 4899 * (rgb[p] & 0xFF) + 9617 * (rgb[p + 1] & 0xFF) + 1868 * (rgb[p + 2] & 0xFF);
            tensor.put(i, table[(luma + (1 << 13)) >> 14]);
        }
    }
}
