package org.vultus.biometrics.image;

import java.util.concurrent.Semaphore;
import org.vultus.biometrics.outcome.Outcome;
import org.vultus.biometrics.outcome.Reason;

/**
 * From a stranger's bytes to upright RGB, or to the reason why not; no input makes it throw. JPEG, PNG and WebP, told apart
 * by their first bytes and never by a name or a declared type.
 *
 * <p>Order of judgement, all by parsers of this package: length; format; pixel count, as soon as the header has been read;
 * the structure of the file to its end; the memory needed. Only then is anything decoded. What cannot be decoded to its last pixel is
 * {@link Reason#CORRUPT_IMAGE}: half a picture is not a picture.
 *
 * <p>Colours come out as the file's numbers taken for sRGB: embedded ICC profiles and gamma are ignored, because they would
 * hand a stranger's program to the colour engine, and no extractor is trained on managed colours. Transparency is laid over
 * white, so that the machine sees what a person reviewing the picture sees, and nothing hidden under it. Greyscale is
 * repeated in three channels, 16 bits are rounded to 8, and of an animation the first frame is taken. Exif orientation is
 * applied; no other metadata is read or kept.
 *
 * <p>Thread-safe. Decodes share a memory budget, half of the heap: a large image waits for others to finish, and one that
 * would never fit is refused as {@link Reason#TOO_MANY_PIXELS}. The sample stays the caller's to close; scratch buffers
 * with pixels are zeroed.
 *
 * <p>A picture of a video has been decoded by what received it; of it only the size is judged and the colours are converted.
 */
public final class ImageDecoder {
    private static final int UNIT = 1 << 20;

    private final ImageLimits limits;
    private final JpegCodec jpeg;
    private final int budget;
    private final Semaphore memory;

    /** Uses the system's libturbojpeg where it is found, ImageIO otherwise. */
    public ImageDecoder(ImageLimits limits) {
        this(limits, TurboJpeg.load().<JpegCodec>map(turbo -> turbo).orElseGet(ImageIoJpeg::new));
    }

    ImageDecoder(ImageLimits limits, JpegCodec jpeg) {
        this(limits, jpeg, (int) Math.min(Runtime.getRuntime().maxMemory() / 2 / UNIT, Integer.MAX_VALUE));
    }

    ImageDecoder(ImageLimits limits, JpegCodec jpeg, int budgetMebibytes) {
        this.limits = limits;
        this.jpeg = jpeg;
        this.budget = budgetMebibytes;
        this.memory = new Semaphore(budget, true);
    }

    /** {@code turbojpeg} or {@code imageio}: what decodes JPEG here, for health pages and benchmarks. */
    public String jpegCodec() {
        return jpeg.name();
    }

    /**
     * Decodes one sample. May wait for memory while other threads decode very large images.
     *
     * @return the image, owned by the caller; or EMPTY_SAMPLE, TOO_MANY_BYTES, UNSUPPORTED_FORMAT, TOO_MANY_PIXELS,
     *     TOO_FEW_PIXELS or CORRUPT_IMAGE
     */
    public Outcome<DecodedImage> decode(CapturedSample sample) {
        try {
            if (sample.video().isPresent()) {
                return Outcome.accepted(video(sample.encoded(), sample.video().get()));
            }
            StoredImage stored = open(sample.encoded());
            return Outcome.accepted(new DecodedImage(pixels(stored), stored.format()));
        } catch (RefusedImage refused) {
            return new Outcome.Refused<>(refused.refusal());
        }
    }

    /** Planes need no more than twice their own length, so they do not ask for memory. */
    private DecodedImage video(byte[] planes, VideoPicture picture) throws RefusedImage {
        limits.admit(picture.width(), picture.height());
        return new DecodedImage(VideoPlanes.toRgb(planes, picture), ImageFormat.VIDEO);
    }

    private StoredImage open(byte[] bytes) throws RefusedImage {
        if (bytes.length == 0) {
            throw new RefusedImage(Reason.EMPTY_SAMPLE, "no bytes");
        }
        if (bytes.length > limits.maxBytes()) {
            throw new RefusedImage(
                    Reason.TOO_MANY_BYTES,
                    "%d bytes; at most %d are looked at".formatted(bytes.length, limits.maxBytes()));
        }
        Encoded file = new Encoded(bytes, 0, bytes.length);
        if (JpegFile.isOne(file)) {
            return JpegFile.read(file, limits, jpeg);
        }
        if (PngFile.isOne(file)) {
            return PngFile.read(file, limits);
        }
        if (WebpFile.isOne(file)) {
            return WebpFile.read(file, limits);
        }
        throw new RefusedImage(Reason.UNSUPPORTED_FORMAT, "not JPEG, PNG or WebP");
    }

    private RgbImage pixels(StoredImage stored) throws RefusedImage {
        long width = stored.width();
        long height = stored.height();
        long need = (3 * width * height + stored.scratchBytes()) / UNIT + 1;
        if (need > budget) {
            throw new RefusedImage(
                    Reason.TOO_MANY_PIXELS,
                    "%d×%d pixels need %d MiB; %d MiB are set aside".formatted(width, height, need, budget));
        }
        memory.acquireUninterruptibly((int) need);
        try {
            UprightPixels target = new UprightPixels((int) width, (int) height, stored.orientation());
            boolean whole = false;
            try {
                stored.decode(target);
                whole = true;
                return target.image();
            } finally {
                if (!whole) {
                    target.discard();
                }
            }
        } finally {
            memory.release((int) need);
        }
    }
}
