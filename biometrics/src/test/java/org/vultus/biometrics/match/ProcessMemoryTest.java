package org.vultus.biometrics.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.vultus.biometrics.embed.ExtractorId;
import org.vultus.biometrics.embed.FeatureVector;

/**
 * All memory of this process that can be written to, as the system shows it (/proc/self/mem), is looked through for a person's row: not
 * what the gallery says it holds, but also what the virtual machine may have copied of it.
 */
@EnabledOnOs(OS.LINUX)
class ProcessMemoryTest {
    private static final ExtractorId EXTRACTOR = new ExtractorId("ab".repeat(32));
    private static final UUID WARD = new UUID(7, 7);
    private static final int DIMENSION = 160;
    private static final int LEAD = 24;
    private static final int PEOPLE = 5_000;

    /** What the shorts that are looked for are kept as, so that these are not found themselves. */
    private static final short MASK = 0x5a5a;

    /** Shorts of a row, masked, and how many bytes lie between the beginnings of two. */
    private record Trace(String name, short[] masked, int apart) {
        static Trace of(String name, short[] shorts, int apart) {
            short[] masked = new short[shorts.length];
            for (int i = 0; i < shorts.length; i++) {
                masked[i] = (short) (shorts[i] ^ MASK);
            }
            return new Trace(name, masked, apart);
        }

        int length() {
            return (masked.length - 1) * apart + Short.BYTES;
        }

        boolean isAt(ByteBuffer memory, int place) {
            for (int i = 0; i < masked.length; i++) {
                if ((short) (memory.getShort(place + i * apart) ^ MASK) != masked[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void aRemovedPersonsRowIsNowhere() throws IOException {
        Random random = new Random(4);
        EmbeddingBasis basis = basis(random);
        InMemoryGallery gallery = new InMemoryGallery(EXTRACTOR, Optional.of(basis), 1);
        for (int page = 0; page < PEOPLE; page += 100) {
            List<Gallery.Entry> entries = new ArrayList<>();
            for (int i = page; i < page + 100; i++) {
                entries.add(new Gallery.Entry(new UUID(3, i), WARD, face(random)));
            }
            gallery.putAll(entries);
        }
        UUID person = new UUID(3, PEOPLE);
        FeatureVector face = face(random);
        // A department of its own, whose memory is small, as what is copied most often is.
        gallery.put(new Gallery.Entry(person, new UUID(8, 8), face));
        List<Trace> traces = traces(face, basis);
        // Whatever moves what it collects moves it now.
        System.gc();
        assertThat(found(traces)).containsExactlyInAnyOrder("scanned", "low", "rest");

        gallery.remove(person);

        assertThat(found(traces)).isEmpty();
    }

    private static List<Trace> traces(FeatureVector face, EmbeddingBasis basis) {
        Rotation rotation = Rotation.by(Optional.of(basis), DIMENSION, LEAD);
        float[] turned = face.toArray();
        rotation.apply(turned);
        PackedRow row = new PackedRow(rotation);
        row.pack(turned, 0);
        short[] low = new short[row.low().length / Short.BYTES];
        ByteBuffer.wrap(row.low())
                .order(ByteOrder.nativeOrder())
                .asShortBuffer()
                .get(low);
        List<Trace> traces = List.of(
                Trace.of("scanned", row.scanned(), Short.BYTES * RowScan.TILE),
                Trace.of("low", low, Short.BYTES),
                Trace.of("rest", row.rest(), Short.BYTES));
        Arrays.fill(low, (short) 0);
        row.wipe();
        return traces;
    }

    /** The names of the traces that are found. */
    private static List<String> found(List<Trace> traces) throws IOException {
        int overlap = traces.stream().mapToInt(Trace::length).max().orElseThrow();
        ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.nativeOrder());
        List<String> found = new ArrayList<>();
        try (FileChannel memory = FileChannel.open(Path.of("/proc/self/mem"))) {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                String[] columns = line.split(" +");
                if (!columns[1].startsWith("rw")) {
                    continue;
                }
                String[] ends = columns[0].split("-");
                long end = Long.parseUnsignedLong(ends[1], 16);
                for (long at = Long.parseUnsignedLong(ends[0], 16); at < end; at += chunk.capacity() - overlap) {
                    int length = read(memory, at, end, chunk);
                    for (Trace trace : traces) {
                        if (!found.contains(trace.name) && contains(chunk, length, trace)) {
                            found.add(trace.name);
                        }
                    }
                }
            }
        } finally {
            chunk.clear();
            while (chunk.hasRemaining()) {
                chunk.put((byte) 0);
            }
        }
        return found;
    }

    /** @return how many bytes there were; a mapping may have ended since it was listed */
    private static int read(FileChannel memory, long at, long end, ByteBuffer chunk) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
        try {
            while (chunk.hasRemaining() && memory.read(chunk, at + chunk.position()) > 0) {
                // On to the next part.
            }
        } catch (IOException e) {
            return chunk.position();
        }
        return chunk.position();
    }

    private static boolean contains(ByteBuffer memory, int length, Trace trace) {
        short first = (short) (trace.masked[0] ^ MASK);
        for (int place = 0; place + trace.length() <= length; place += Short.BYTES) {
            if (memory.getShort(place) == first && trace.isAt(memory, place)) {
                return true;
            }
        }
        return false;
    }

    private static EmbeddingBasis basis(Random random) {
        float[][] axes = new float[LEAD][];
        for (int i = 0; i < LEAD; i++) {
            axes[i] = face(random).toArray();
        }
        return new EmbeddingBasis(EXTRACTOR, new float[DIMENSION], new float[DIMENSION], axes);
    }

    private static FeatureVector face(Random random) {
        float[] features = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            features[i] = (float) random.nextGaussian();
        }
        return FeatureVector.normalised(EXTRACTOR, features);
    }
}
