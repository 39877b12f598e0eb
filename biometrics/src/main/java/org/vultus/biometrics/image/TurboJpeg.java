package org.vultus.biometrics.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The system's libjpeg-turbo through its TurboJPEG 2 interface (which version 3 keeps), called over the foreign-function
 * API. Grey and colour only; CMYK goes to {@link ImageIoJpeg}.
 *
 * <p>Each decode has its own decompressor, freed with it: making one takes microseconds, and nothing of one person's
 * picture waits in a pool for the next. A frame of up to {@value #LARGEST_AT_ONCE} pixels that needs no turning is written straight
 * into the image (a "critical" call). That holds up a garbage collection, if one is due, for the few milliseconds it takes; so
 * larger pictures pass through native memory that is zeroed and freed.
 */
final class TurboJpeg implements JpegCodec {
    /** Names the library file by absolute path, or {@code off} to use ImageIO alone. */
    static final String PROPERTY = "vultus.turbojpeg";

    private static final List<String> LINUX = List.of("libturbojpeg.so.0");
    private static final List<String> MAC = List.of(
            "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib",
            "/opt/homebrew/lib/libturbojpeg.dylib",
            "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib",
            "/usr/local/lib/libturbojpeg.dylib");

    // turbojpeg.h
    private static final int TJPF_RGB = 0;
    private static final int TJFLAG_STOPONWARNING = 8192;
    private static final int LONGEST_MESSAGE = 200;

    /** A frame of full HD, in blocks of 16 lines. */
    static final int LARGEST_AT_ONCE = 1920 * 1088;

    private final MethodHandle init;
    private final MethodHandle decompress;
    private final MethodHandle decompressAtOnce;
    private final MethodHandle error;
    private final MethodHandle destroy;
    private final ImageIoJpeg twin = new ImageIoJpeg();

    private TurboJpeg(SymbolLookup library) {
        Linker linker = Linker.nativeLinker();
        init = linker.downcallHandle(library.findOrThrow("tjInitDecompress"), FunctionDescriptor.of(ADDRESS));
        // unsigned long is 64 bits on the systems of LINUX and MAC; load() keeps others out.
        MemorySegment function = library.findOrThrow("tjDecompress2");
        FunctionDescriptor signature = FunctionDescriptor.of(
                JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        decompress = linker.downcallHandle(function, signature);
        decompressAtOnce = linker.downcallHandle(function, signature, Linker.Option.critical(true));
        error = linker.downcallHandle(library.findOrThrow("tjGetErrorStr2"), FunctionDescriptor.of(ADDRESS, ADDRESS));
        destroy = linker.downcallHandle(library.findOrThrow("tjDestroy"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
    }

    /** The library, when this system has it where it may be looked for. */
    static Optional<TurboJpeg> load() {
        String configured = System.getProperty(PROPERTY, "");
        if (configured.equals("off") || ADDRESS.byteSize() != 8 || cLong() != 8) {
            return Optional.empty();
        }
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> places = configured.isEmpty() ? os.startsWith("mac") ? MAC : LINUX : List.of(configured);
        for (String place : places) {
            if (place.startsWith("/") && !Files.isRegularFile(Path.of(place))) {
                continue;
            }
            try {
                return Optional.of(new TurboJpeg(
                        place.startsWith("/")
                                ? SymbolLookup.libraryLookup(Path.of(place), Arena.global())
                                : SymbolLookup.libraryLookup(place, Arena.global())));
            } catch (IllegalArgumentException | NoSuchElementException | IllegalCallerException absent) {
                // Not there, not the library it says, or native access not granted: ImageIO decodes instead.
            }
        }
        return Optional.empty();
    }

    private static long cLong() {
        return Linker.nativeLinker().canonicalLayouts().get("long") instanceof ValueLayout layout
                ? layout.byteSize()
                : 0;
    }

    @Override
    public String name() {
        return "turbojpeg";
    }

    @Override
    public void decode(JpegFile file, UprightPixels target) throws RefusedImage {
        if (file.components() == 4) {
            twin.decode(file, target);
            return;
        }
        int width = (int) file.width();
        int height = (int) file.height();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stream = arena.allocate(file.length());
            try {
                file.writeTo(stream);
                if (target.asStored() && width * height <= LARGEST_AT_ONCE) {
                    decompress(decompressAtOnce, stream, MemorySegment.ofArray(target.buffer()), width, height);
                } else {
                    decompress(arena, stream, target, width, height);
                }
            } finally {
                stream.fill((byte) 0);
            }
        }
    }

    /** By way of native memory. */
    private void decompress(Arena arena, MemorySegment stream, UprightPixels target, int width, int height)
            throws RefusedImage {
        int rowBytes = 3 * width;
        MemorySegment pixels = arena.allocate((long) rowBytes * height);
        try {
            decompress(decompress, stream, pixels, width, height);
            if (target.asStored()) {
                MemorySegment.copy(pixels, JAVA_BYTE, 0, target.buffer(), 0, target.buffer().length);
            } else {
                byte[] row = new byte[rowBytes];
                for (int y = 0; y < height; y++) {
                    MemorySegment.copy(pixels, JAVA_BYTE, (long) y * rowBytes, row, 0, rowBytes);
                    target.row(y, row);
                }
                Arrays.fill(row, (byte) 0);
            }
        } finally {
            pixels.fill((byte) 0);
        }
    }

    private void decompress(MethodHandle function, MemorySegment stream, MemorySegment pixels, int width, int height)
            throws RefusedImage {
        MemorySegment handle = open();
        try {
            String warning = run(function, handle, stream, pixels, width, height, TJFLAG_STOPONWARNING);
            if (JpegFile.isHarmless(warning)) {
                warning = run(function, handle, stream, pixels, width, height, 0);
            }
            if (!warning.isEmpty() && !JpegFile.isHarmless(warning)) {
                throw RefusedImage.corrupt("damaged JPEG: " + warning);
            }
        } finally {
            close(handle);
        }
    }

    /** Empty when all went well, otherwise libjpeg's message. */
    private String run(
            MethodHandle function,
            MemorySegment handle,
            MemorySegment stream,
            MemorySegment pixels,
            int width,
            int height,
            int flags) {
        try {
            int failed = (int) function.invokeExact(
                    handle, stream, stream.byteSize(), pixels, width, 3 * width, height, TJPF_RGB, flags);
            if (failed == 0) {
                return "";
            }
            MemorySegment message = (MemorySegment) error.invokeExact(handle);
            String text = message.reinterpret(LONGEST_MESSAGE).getString(0);
            return text.isEmpty() ? "unknown" : text;
        } catch (Throwable e) {
            throw new IllegalStateException("libturbojpeg could not be called", e);
        }
    }

    private MemorySegment open() {
        MemorySegment handle;
        try {
            handle = (MemorySegment) init.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("libturbojpeg could not be called", e);
        }
        if (handle.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("libturbojpeg gave no decompressor");
        }
        return handle;
    }

    private void close(MemorySegment handle) {
        try {
            int ignored = (int) destroy.invokeExact(handle);
        } catch (Throwable e) {
            throw new IllegalStateException("libturbojpeg could not be called", e);
        }
    }
}
