package org.vultus.biometrics.image;

/**
 * The orientation tag of an Exif block (Exif 2.32 §4.6.4, tag 0x0112 of the first directory); nothing else of the block
 * is looked at. A damaged block counts as absent: the pixels may still be good.
 */
final class ExifOrientation {
    static final int UPRIGHT = 1;

    private static final int TAG = 0x0112;
    private static final int TYPE_SHORT = 3;

    private ExifOrientation() {}

    /**
     * @param tiff the Exif block from its TIFF byte-order mark on, with or without a leading {@code Exif\0\0}
     * @return 1–8; 1 when there is none
     */
    static int of(Encoded tiff) {
        try {
            return read(tiff.has(0, "Exif\0\0") ? tiff.slice(6, tiff.length() - 6L) : tiff);
        } catch (RefusedImage damaged) {
            return UPRIGHT;
        }
    }

    private static int read(Encoded tiff) throws RefusedImage {
        boolean little = tiff.has(0, "II*\0");
        if (!little && !tiff.has(0, "MM\0*")) {
            return UPRIGHT;
        }
        long at = little ? tiff.u32Little(4) : tiff.u32(4);
        if (at > tiff.length()) {
            return UPRIGHT;
        }
        int directory = (int) at;
        int entries = little ? tiff.u16Little(directory) : tiff.u16(directory);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            int tag = little ? tiff.u16Little(entry) : tiff.u16(entry);
            if (tag == TAG) {
                int type = little ? tiff.u16Little(entry + 2) : tiff.u16(entry + 2);
                int value = little ? tiff.u16Little(entry + 8) : tiff.u16(entry + 8);
                return type == TYPE_SHORT && value >= 1 && value <= 8 ? value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
