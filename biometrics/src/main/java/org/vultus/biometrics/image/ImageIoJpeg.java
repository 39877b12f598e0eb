package org.vultus.biometrics.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** The plain twin: the JDK's reader for grey and colour, TwelveMonkeys' for CMYK and YCCK. */
final class ImageIoJpeg implements JpegCodec {
    /** TwelveMonkeys says so of every CMYK file, whose profile is never handed on here. */
    private static final String NO_PROFILE = "No embedded ICC color profile";

    @Override
    public String name() {
        return "imageio";
    }

    @Override
    public void decode(JpegFile file, UprightPixels target) throws RefusedImage {
        ImageReader reader = reader(file.components() == 4);
        List<String> damage = new ArrayList<>(1);
        reader.addIIOReadWarningListener((_, warning) -> {
            if (damage.isEmpty() && !JpegFile.isHarmless(warning) && !warning.startsWith(NO_PROFILE)) {
                damage.add(warning);
            }
        });
        byte[] stream = new byte[file.length()];
        file.writeTo(MemorySegment.ofArray(stream));
        try (ImageInputStream input = new ByteArrayImageInputStream(stream)) {
            reader.setInput(input, true, true);
            BufferedImage image = reader.read(0);
            try {
                if (!damage.isEmpty()) {
                    throw RefusedImage.corrupt("damaged JPEG: " + damage.getFirst());
                }
                Rasters.copy(image, target);
            } finally {
                Rasters.wipe(image);
            }
        } catch (IOException | RuntimeException e) {
            throw RefusedImage.corrupt("unreadable JPEG");
        } finally {
            reader.dispose();
            Arrays.fill(stream, (byte) 0);
        }
    }

    private static ImageReader reader(boolean cmyk) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.twelvemonkeys.") == cmyk) {
                return reader;
            }
        }
        throw new IllegalStateException("no ImageIO reader for JPEG");
    }
}
