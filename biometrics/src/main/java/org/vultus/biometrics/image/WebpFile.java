package org.vultus.biometrics.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A WebP file (RFC 9649) taken apart into chunks. Lossy frames are decoded by TwelveMonkeys' reader, which is handed the
 * bare VP8 chunk; lossless frames and alpha planes by {@link LosslessWebp}. Of an animation the first frame's own
 * rectangle is read. Colour profiles are ignored.
 *
 * @param frame the body of the VP8 or VP8L chunk
 * @param alpha the body of the ALPH chunk of a lossy frame
 */
record WebpFile(
        long width,
        long height,
        boolean lossless,
        Encoded frame,
        @Nullable Encoded alpha,
        int orientation) implements StoredImage {

    /** What TwelveMonkeys' VP8 reader takes for a pixel, in bytes of heap, as measured and rounded up. */
    private static final int VP8_BYTES_PER_PIXEL = 30;

    static boolean isOne(Encoded file) {
        return file.has(0, "RIFF") && file.has(8, "WEBP");
    }

    static WebpFile read(Encoded file, ImageLimits limits) throws RefusedImage {
        long size = file.u32Little(4) - 4;
        // Sizes are judged first, so a file that was cut off is found out only after what is left of it.
        Encoded body = file.slice(12, Math.min(size, file.length() - 12L));
        WebpFile first = body.has(0, "VP8X") ? extended(body, limits) : frame(body, ExifOrientation.UPRIGHT, limits);
        if (body.length() < size) {
            throw RefusedImage.corrupt("the WebP was cut off");
        }
        return first;
    }

    private static WebpFile extended(Encoded body, ImageLimits limits) throws RefusedImage {
        boolean animated = (body.u8(8) & 2) != 0;
        long canvasWidth = 1L + body.u24Little(12);
        long canvasHeight = 1L + body.u24Little(15);
        limits.admit(canvasWidth, canvasHeight);
        int orientation = ExifOrientation.UPRIGHT;
        @Nullable Encoded frames = null;
        for (int at = next(body, 0); at < body.length(); at = next(body, at)) {
            Encoded chunk = chunk(body, at);
            if (body.has(at, "EXIF")) {
                orientation = ExifOrientation.of(chunk);
            } else if (frames == null && animated && body.has(at, "ANMF")) {
                frames = chunk.slice(16, chunk.length() - 16L);
            } else if (frames == null
                    && !animated
                    && (body.has(at, "ALPH") || body.has(at, "VP8 ") || body.has(at, "VP8L"))) {
                frames = body.slice(at, body.length() - at);
            }
        }
        if (frames == null) {
            throw RefusedImage.corrupt("a WebP file without pixels");
        }
        WebpFile first = frame(frames, orientation, limits);
        if (animated
                ? first.width > canvasWidth || first.height > canvasHeight
                : first.width != canvasWidth || first.height != canvasHeight) {
            throw RefusedImage.corrupt("a WebP frame that does not fit its canvas");
        }
        return first;
    }

    /** The picture at the start of a run of chunks. */
    private static WebpFile frame(Encoded chunks, int orientation, ImageLimits limits) throws RefusedImage {
        @Nullable Encoded alpha = null;
        for (int at = 0; at < chunks.length(); at = next(chunks, at)) {
            if (chunks.has(at, "ALPH")) {
                alpha = chunk(chunks, at);
            } else if (chunks.has(at, "VP8L")) {
                if (chunks.u8(at + 8) != 0x2F || chunks.u8(at + 12) >> 5 != 0) {
                    throw RefusedImage.corrupt("a damaged lossless WebP header");
                }
                long bits = chunks.u32Little(at + 9);
                long width = 1 + (bits & 0x3FFF);
                long height = 1 + (bits >> 14 & 0x3FFF);
                limits.admit(width, height);
                return new WebpFile(width, height, true, chunk(chunks, at), null, orientation);
            } else if (chunks.has(at, "VP8 ")) {
                if ((chunks.u8(at + 8) & 1) != 0 || !chunks.has(at + 11, "\u009D\u0001*")) {
                    throw RefusedImage.corrupt("a WebP frame that is no key frame");
                }
                long width = chunks.u16Little(at + 14) & 0x3FFF;
                long height = chunks.u16Little(at + 16) & 0x3FFF;
                limits.admit(width, height);
                Encoded body = chunk(chunks, at);
                body.slice(10, body.u24Little(0) >> 5);
                return new WebpFile(width, height, false, body, alpha, orientation);
            }
        }
        throw RefusedImage.corrupt("a WebP file without pixels");
    }

    private static Encoded chunk(Encoded chunks, int at) throws RefusedImage {
        return chunks.slice(at + 8, chunks.u32Little(at + 4));
    }

    private static int next(Encoded chunks, int at) throws RefusedImage {
        int length = chunk(chunks, at).length();
        return at + 8 + length + (length & 1);
    }

    @Override
    public ImageFormat format() {
        return ImageFormat.WEBP;
    }

    @Override
    public long scratchBytes() {
        return lossless
                ? LosslessWebp.scratchBytes(width, height, frame.length())
                : VP8_BYTES_PER_PIXEL * width * height
                        + (alpha == null ? 0 : LosslessWebp.scratchBytes(width, height, alpha.length()));
    }

    @Override
    public void decode(UprightPixels target) throws RefusedImage {
        int columns = (int) width;
        int rows = (int) height;
        if (lossless) {
            LosslessWebp.decodeFrame(frame, columns, rows, target);
            return;
        }
        byte @Nullable [] opacity = alpha == null ? null : LosslessWebp.decodeAlpha(alpha, columns, rows);
        byte[] bare = bareFile();
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (ImageInputStream input = new ByteArrayImageInputStream(bare)) {
            reader.setInput(input, true, true);
            BufferedImage image = reader.read(0);
            try {
                if (image.getWidth() != columns || image.getHeight() != rows) {
                    throw RefusedImage.corrupt("a WebP frame of another size than its header");
                }
                Rasters.copy(image, target);
            } finally {
                Rasters.wipe(image);
            }
            if (opacity != null) {
                target.layOverWhite(opacity);
            }
        } catch (IOException | RuntimeException e) {
            throw RefusedImage.corrupt("unreadable WebP");
        } finally {
            reader.dispose();
            Arrays.fill(bare, (byte) 0);
        }
    }

    private byte[] bareFile() {
        int length = frame.length();
        byte[] all = new byte[20 + length + (length & 1)];
        System.arraycopy(new byte[] {'R', 'I', 'F', 'F'}, 0, all, 0, 4);
        putLittle(all, 4, all.length - 8);
        System.arraycopy(new byte[] {'W', 'E', 'B', 'P', 'V', 'P', '8', ' '}, 0, all, 8, 8);
        putLittle(all, 16, length);
        System.arraycopy(frame.bytes(), frame.start(), all, 20, length);
        return all;
    }

    private static void putLittle(byte[] target, int at, int value) {
        for (int i = 0; i < 4; i++) {
            target[at + i] = (byte) (value >> (8 * i));
        }
    }
}
