package org.vultus.biometrics.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;

/** Computed pictures in every encoding the decoder takes. WebP and CMYK, which Java cannot write, were encoded once. */
final class EncodedImages {
    static final int FIXTURE_WIDTH = 48;
    static final int FIXTURE_HEIGHT = 40;

    /** {@link #busy} with its alpha. */
    static final byte[] WEBP_LOSSLESS_ALPHA =
            decode("UklGRoIAAABXRUJQVlA4THUAAAAvL8AJELkKRPQ/dhHR/wCZtE2u+pc9AwMDaduGtv1xEAAA2QqabRu3bds2FbRtw2"
                    + "K3OxMgAEDAQIGDBA0WPETIUKHDhA0XPkJEEUcSaWSRRzGUUUUdTbTRRR9DjDHFHEusscUeR5xxxR1PvPHFX4HNC/zz"
                    + "fwQA");

    /** {@link #busy}. */
    static final byte[] WEBP_LOSSLESS =
            decode("UklGRm4AAABXRUJQVlA4TGEAAAAvL8AJALkKRPQ/dhHR/4CYNNll//KCgbRtQ9v+OAgAgGwFzbaN27Ztm5ECAAKDgk"
                    + "NCw8IjIqOiY2Lj4hMSJU6SNFnyFClTpU6TNl36DBkzZc6SNVv2HDlz5c6TN1/+Bd4pAA==");

    /** {@link #smooth} in eleven colours. */
    static final byte[] WEBP_PALETTE =
            decode("UklGRvYAAABXRUJQVlA4TOoAAAAvL8AJAFdgtAESriASGf+fQnJGoxeZadvGGFpSHf9zZNRGktoUgDeF0A39R0QKXa"
                    + "SZ/+j1B44YaQWs2JI8+KF+tMFRbbtxEwgxhBhCDSGGUIdAe3SCoG6WnQUhyqrdlqak3xFARP8noIGf8E/doQUI4QGI"
                    + "iNWGACyiVXCVuE0bwOcifg3oQcDpBfamCkVmtqYKdDEqnlX1oj4qnkWq1UXb4rmaEXT4Nbb3f+vo1BdSStZIyCrpkx"
                    + "qJiHZGcg2ydzWhzEwgdGJ6F71r81MDkPMWKKVYfc7AULTKripu6jNIQwEzXOCvWP+9ggM=");

    /** {@link #smooth}. */
    static final byte[] WEBP_LOSSY =
            decode("UklGRpwAAABXRUJQVlA4IJAAAAAQBQCdASowACgAPrFGn0m7ry2iLjgMy3AWCWQBhAHRNXxDytgEZBLPSPI29/BBcp"
                    + "bIAP66SOXsncS/HCa/3Ber/xaHFu7t4sf4GVmkQLUHVk7OzYKg8+PLvzi/ej+aMlfc9ybzvsBF4aq/RQmRtoGvd92v"
                    + "VVH67SvMnhOTr/edv6nH6R3kW0jWSIwzN+6E1AA=");

    /** {@link #smooth} with the alpha of {@link #busy}. */
    static final byte[] WEBP_LOSSY_ALPHA =
            decode("UklGRtAAAABXRUJQVlA4WAoAAAAQAAAALwAAJwAAQUxQSBgAAAAJBqWNpED3AP13jL3gMRExAYs0cX3i/xFWUDggkg"
                    + "AAADAFAJ0BKjAAKAA+tUSgSbwuraEuOAzLgBaJZAGEAeb9/kgqvuAAVuUPInVZBothVkb4AP66SOXsncS/R5g2x5vH"
                    + "/4tDnLiwPXsGleRtgRz+eEzj2675fvGnUTCsunB70fzRgY89g5cLlBQx30HREnSykV7svFbjEZkdrE2dTwu0FhPZzB"
                    + "mSj6Y7BJwLIs6oPQAA");

    /** {@link #smooth}, then {@link #busy}, lossless. */
    static final byte[] WEBP_ANIMATED =
            decode("UklGRhQCAABXRUJQVlA4WAoAAAACAAAALwAAJwAAQU5JTQYAAAAAAAAAAABBTk1GYAAAAAAAAAAAAC8AACcAAGQAAA"
                    + "JWUDhMSAAAAC8vwAkADXUhov8BM23bmD/GQimCntMOsWCKj4WXgbRtc5Bt1/kgm7TJmrSH5AcAAAAAAAAAAAAAAAAA"
                    + "AAAAAO3uh63bH30sAEFOTUaAAQAAAAAAAAAALwAAJwAAZAAAAFZQOExoAQAALy/ACQANdSGi/wFGbSNJ8qv4c56Z7U"
                    + "MLAG3btknS8v9/NTmQJMm03vu2bdu2bfvf/xQVEYrctm106N5NnD8YAREpcpSo0aLHiBkrdpy48eInSJgocZKkyZKn"
                    + "SJkqdZq06dJnyJgpc5as2bLnyJkrd568+fJPXCQSiUQikUgkEgnCiUQi8XkOxuU5EBMViUQikUgkEolEIpFIJBKJGq"
                    + "SJf3OaEwm026BOoMdYHofiGUf7OQTrL65pZwPMs6TkOgDWTe5m7Dt82wnOFQq7wo13gdIO8ScSRHdA/x6D4Djp2Pk2"
                    + "K5XaL4iTXKGwQ9LDpOV3ZGf0/JT8ArVftMbyvOnqAGWqo+T4UU2C+n0ApvdKnCcLvQeg2SkfHevq0uXXzSEjHaPbY6"
                    + "Z79BkuUOtqj65uPNPqZK7DzEsWdJtlgu0ar04W7MQF9p8sxRGOFTOdrO12LU5xHdDWDe6P323GQd4zen7K9yS7cZY/");

    /** {@link #smooth} as C = 255 − R, M = 255 − G, Y = 255 − B, K = 0. */
    static final byte[] JPEG_CMYK =
            decode("/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBg"
                    + "gLCAkKCgoKCgYICwwLCgwJCgoK/8AAFAgAKAAwBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgME"
                    + "BQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJCh"
                    + "YXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqi"
                    + "o6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASw"
                    + "AAPwD8yfBH8Ffpx/wsn/p4/Wvifw14a+7+7/Sv38r2DwR/BR/wsn/p4/WvQPDXhr7v7v8ASivYPBH8FH/Cyf8Ap4/W"
                    + "vQPDXhr7v7v9KK9g8EfwUf8ACyf+nj9a9A8NeGvu/u/0or2DwR/BR/wsn/p4/WvQPDXhr7v7v9KK9g8EfwUf8LJ/6e"
                    + "P1r0Dw14a+7+7/AEor8H/BH8FfP/8Awsn/AKeP1r8//DXhr7v7v9KK9g8EfwUf8LJ/6eP1r0Dw14a+7+7/AEor2DwR"
                    + "/BR/wsn/AKeP1r0Dw14a+7+7/SivYPBH8FH/AAsn/p4/WvQPDXhr7v7v9KK9g8EfwUf8LJ/6eP1r0Dw14a+7+7/Siv"
                    + "YPBH8FH/Cyf+nj9a9A8NeGvu/u/wBKK/B/wR/BXz//AMLJ/wCnj9a/P/w14a+7+7/SivYPBH8FH/Cyf+nj9a9A8NeG"
                    + "vu/u/wBKK9g8EfwUf8LJ/wCnj9a9A8NeGvu/u/0or2DwR/BR/wALJ/6eP1r0Dw14a+7+7/SivYPBH8FH/Cyf+nj9a9"
                    + "A8NeGvu/u/0or2DwR/BR/wsn/p4/WvQPDXhr7v7v8ASivwf8EfwV8//wDCyf8Ap4/Wvz/8NeGvu/u/0or2DwR/BR/w"
                    + "sn/p4/WvQPDXhr7v7v8ASivYPBH8FH/Cyf8Ap4/WvQPDXhr7v7v9KK9g8EfwUf8ACyf+nj9a9A8NeGvu/u/0or2DwR"
                    + "/BR/wsn/p4/WvQPDXhr7v7v9KK9g8EfwUf8LJ/6eP1r0Dw14a+7+7/AEor8H/BH8FfP/8Awsn/AKeP1r8//DXhr7v7"
                    + "v9KK9g8EfwUf8LJ/6eP1r0Dw14a+7+7/AEor2DwR/BR/wsn/AKeP1r0Dw14a+7+7/SivYPBH8FH/AAsn/p4/WvQPDX"
                    + "hr7v7v9KK9g8EfwUf8LJ/6eP1r0Dw14a+7+7/SivYPBH8FH/Cyf+nj9a9A8NeGvu/u/wBKK//Z");

    private EncodedImages() {}

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    /** R, G, B of a gentle gradient. */
    static int[] smooth(int x, int y) {
        return new int[] {40 + x * 3, 220 - y * 4, 60 + (x + y) * 2};
    }

    /** R, G, B, A with sharp edges; opaque on the left half. */
    static int[] busy(int x, int y) {
        return new int[] {x * 5 & 255, y * 6 & 255, x * x + y * 3 & 255, x < 24 ? 255 : y * 6 & 255};
    }

    /** A picture in which each quarter has a colour of its own: top red and green, bottom blue and grey. */
    static BufferedImage quarters(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(
                        x,
                        y,
                        2 * y < height ? 2 * x < width ? 0xE02020 : 0x20D040 : 2 * x < width ? 0x2030E0 : 0x909090);
            }
        }
        return image;
    }

    /** Waves of several frequencies in all channels. */
    static BufferedImage waves(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = (int) (128 + 100 * Math.sin(x / 9.0) * Math.cos(y / 13.0));
                int green = (int) (128 + 90 * Math.sin((x + y) / 5.0));
                int blue = (int) (128 + 80 * Math.cos((x - 2 * y) / 21.0));
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    static byte[] jpeg(BufferedImage image) {
        return jpeg(image, false, true, 0);
    }

    /** @param restart MCUs between restart markers, 0 for none */
    static byte[] jpeg(BufferedImage image, boolean progressive, boolean halvedChroma, int restart) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.9f);
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), param);
            String format = "javax_imageio_jpeg_image_1.0";
            IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
            if (!halvedChroma) {
                Element first =
                        (Element) root.getElementsByTagName("componentSpec").item(0);
                first.setAttribute("HsamplingFactor", "1");
                first.setAttribute("VsamplingFactor", "1");
            }
            if (restart > 0) {
                IIOMetadataNode dri = new IIOMetadataNode("dri");
                dri.setAttribute("interval", Integer.toString(restart));
                Element sequence =
                        (Element) root.getElementsByTagName("markerSequence").item(0);
                sequence.insertBefore(dri, sequence.getElementsByTagName("sof").item(0));
            }
            metadata.setFromTree(format, root);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same picture in the seven passes of Adam7. */
    static byte[] interlacedPng(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * {@link #smooth} in four components as they are: what they mean is said by the marker.
     *
     * @param transform the Adobe marker's colour transform: 0 inverted CMYK, 2 inverted YCCK; −1 leaves the marker out
     * @param component the four bytes stored for R, G, B
     */
    static byte[] jpegOfFour(int transform, UnaryOperator<int[]> component) {
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, FIXTURE_WIDTH, FIXTURE_HEIGHT, 4, null);
        for (int y = 0; y < FIXTURE_HEIGHT; y++) {
            for (int x = 0; x < FIXTURE_WIDTH; x++) {
                raster.setPixel(x, y, component.apply(smooth(x, y)));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.97f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        byte[] plain = bytes.toByteArray();
        byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
        return concat(
                Arrays.copyOf(plain, 2),
                transform < 0 ? new byte[0] : adobe,
                Arrays.copyOfRange(plain, 2, plain.length));
    }

    /** A PNG written by hand from filtered rows. */
    static byte[] png(int width, int height, int depth, int colour, byte[] rows, byte[]... chunksBeforeData) {
        Deflater deflater = new Deflater();
        deflater.setInput(rows);
        deflater.finish();
        byte[] packed = new byte[rows.length + 1000];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeBytes(chunk(
                "IHDR", concat(big32(width), big32(height), new byte[] {(byte) depth, (byte) colour, 0, 0, 0})));
        for (byte[] chunk : chunksBeforeData) {
            out.writeBytes(chunk);
        }
        out.writeBytes(chunk("IDAT", Arrays.copyOf(packed, length)));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    static byte[] chunk(String name, byte[] body) {
        byte[] named = concat(name.getBytes(StandardCharsets.US_ASCII), body);
        CRC32 crc = new CRC32();
        crc.update(named);
        return concat(big32(body.length), named, big32((int) crc.getValue()));
    }

    static byte[] big32(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** A TIFF block whose first directory holds the orientation after one other tag. */
    static byte[] exif(int orientation, boolean little) {
        byte[] big = {
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            2,
            1,
            0,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] small = {
            'I',
            'I',
            42,
            0,
            8,
            0,
            0,
            0,
            2,
            0,
            0,
            1,
            3,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0x12,
            1,
            3,
            0,
            1,
            0,
            0,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        return little ? small : big;
    }

    static byte[] jpegWithExif(byte[] jpeg, byte[] tiff) {
        int length = 8 + tiff.length;
        return concat(
                new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length},
                new byte[] {'E', 'x', 'i', 'f', 0, 0},
                tiff,
                Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    static byte[] pngWithExif(byte[] png, byte[] tiff) {
        return concat(Arrays.copyOf(png, 33), chunk("eXIf", tiff), Arrays.copyOfRange(png, 33, png.length));
    }

    /** A lossless or lossy file without VP8X made an extended one with an EXIF chunk at its end. */
    static byte[] webpWithExif(byte[] webp, int width, int height, byte[] tiff) {
        byte[] body = concat(
                new byte[] {'W', 'E', 'B', 'P', 'V', 'P', '8', 'X', 10, 0, 0, 0, 8, 0, 0, 0},
                new byte[] {(byte) (width - 1), 0, 0, (byte) (height - 1), 0, 0},
                Arrays.copyOfRange(webp, 12, webp.length),
                new byte[] {'E', 'X', 'I', 'F', (byte) tiff.length, 0, 0, 0},
                tiff);
        return concat(new byte[] {'R', 'I', 'F', 'F', (byte) body.length, (byte) (body.length >> 8), 0, 0}, body);
    }
}
