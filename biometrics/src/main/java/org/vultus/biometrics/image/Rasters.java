package org.vultus.biometrics.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.util.Arrays;

/** 8-bit samples out of an ImageIO picture as they are, past Java 2D's colour management (which brightens grey). */
final class Rasters {
    private Rasters() {}

    static void copy(BufferedImage image, UprightPixels target) throws RefusedImage {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        if (raster.getTransferType() == DataBuffer.TYPE_USHORT || bands < 1 || bands > 4) {
            throw RefusedImage.corrupt("unexpected samples");
        }
        int width = raster.getWidth();
        if (bands == 3 && raster.getTransferType() == DataBuffer.TYPE_BYTE) {
            byte[] rgb = new byte[3 * width];
            for (int y = 0; y < raster.getHeight(); y++) {
                raster.getDataElements(0, y, width, 1, rgb);
                target.row(y, rgb);
            }
            Arrays.fill(rgb, (byte) 0);
            return;
        }
        int[] row = new int[bands * width];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                switch (bands) {
                    case 1 -> target.put(x, y, row[i], row[i], row[i]);
                    case 2 -> target.putOverWhite(x, y, row[i], row[i], row[i], row[i + 1]);
                    case 3 -> target.put(x, y, row[i], row[i + 1], row[i + 2]);
                    default -> target.putOverWhite(x, y, row[i], row[i + 1], row[i + 2], row[i + 3]);
                }
            }
        }
        Arrays.fill(row, 0);
    }

    static void wipe(BufferedImage image) {
        switch (image.getRaster().getDataBuffer()) {
            case DataBufferByte bytes -> {
                for (byte[] bank : bytes.getBankData()) {
                    Arrays.fill(bank, (byte) 0);
                }
            }
            case DataBufferInt ints -> {
                for (int[] bank : ints.getBankData()) {
                    Arrays.fill(bank, 0);
                }
            }
            default -> {}
        }
    }
}
