package org.vultus.biometrics.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A face with a little around it as a small JPEG: at most {@value #SIDE} × {@value #SIDE} pixels, quality 70, without metadata. Good
 * enough for a person to see who it was. Made in memory alone; {@link #close()} overwrites the bytes with zeros.
 */
public final class Thumbnail implements AutoCloseable {
    /** The longest side, in pixels. */
    public static final int SIDE = 200;

    /** The scale of libjpeg divided by a hundred; ImageIO computes its tables from it in the same way. */
    private static final float QUALITY = 0.7f;

    /** The side of what is cut out against the longer side of the detector's box: hair, chin and a little of the place. */
    private static final double AROUND = 1.8;

    private final byte[] jpeg;

    private Thumbnail(byte[] jpeg) {
        this.jpeg = jpeg;
    }

    /** @param face where the face is; what of it and around it lies outside of the image is left out */
    public static Thumbnail of(RgbImage image, Region face) {
        Region wanted = face.squared(AROUND);
        double left = Math.clamp(wanted.x(), 0, image.width() - 1);
        double top = Math.clamp(wanted.y(), 0, image.height() - 1);
        Region seen = new Region(
                left,
                top,
                Math.clamp(wanted.x() + wanted.width(), left + 1, image.width()) - left,
                Math.clamp(wanted.y() + wanted.height(), top + 1, image.height()) - top);
        double scale = Math.min(1, SIDE / Math.max(seen.width(), seen.height()));
        int width = Math.clamp(Math.round(seen.width() * scale), 1, SIDE);
        int height = Math.clamp(Math.round(seen.height() * scale), 1, SIDE);
        try (RgbImage small = Resampling.crop(image, seen, width, height)) {
            return new Thumbnail(encode(small));
        }
    }

    private static byte[] encode(RgbImage image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        byte[] rgb = image.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Not ImageIO.createImageOutputStream: that writes to a file of the system's temporary folder.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
            Arrays.fill(bgr, (byte) 0);
        }
        return bytes.toByteArray();
    }

    /** The live buffer, not a copy. */
    public byte[] jpeg() {
        return jpeg;
    }

    /** Overwrites the bytes with zeros. */
    @Override
    public void close() {
        Arrays.fill(jpeg, (byte) 0);
    }
}
