package org.vultus.biometrics.clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.VideoPicture;

/**
 * Decodes VP8 (RFC 6386, version 0) to the very pixels that the format defines. The work for a picture has a bound that depends on its size
 * alone; what was cut off is refused.
 */
final class Vp8Pictures implements PictureSource {
    private final byte[] clip;
    private final ClipLimits limits;
    private final int turn;
    private final Vp8Header header = new Vp8Header();
    private final Vp8Intra intra = new Vp8Intra();
    private final Vp8Inter inter = new Vp8Inter();
    private final int[] steps = new int[6];
    private final List<Vp8Frame> made = new ArrayList<>();
    private final Set<Vp8Frame> free = new LinkedHashSet<>();
    /** What the next pictures may refer to: none, last, golden, alternate. */
    private final @Nullable Vp8Frame[] kept = new Vp8Frame[4];

    private int columns;
    private int rows;
    private int width;
    private int height;
    private @Nullable Vp8Modes modes;
    private @Nullable Vp8Residue residue;
    private @Nullable Vp8Frame latest;

    Vp8Pictures(byte[] clip, int turn, ClipLimits limits) {
        this.clip = clip;
        this.turn = turn;
        this.limits = limits;
    }

    /** Which pictures are, stands in the middle of their headers; browsers make none. */
    @Override
    public boolean disposable(Packet packet) {
        return false;
    }

    @Override
    public boolean decode(Packet packet) throws RefusedClip {
        if (packet.length() == 0) {
            // The picture before once more (libvpx: a dropped frame).
            return latest != null;
        }
        header.read(clip, packet);
        if (header.key) {
            begin();
        }
        Vp8Modes how = modes;
        Vp8Residue what = residue;
        if (how == null || what == null) {
            throw RefusedClip.corrupt("it does not begin with a key picture");
        }
        Vp8Frame frame = frame();
        what.newPicture();
        for (int row = 0; row < rows; row++) {
            what.newRow();
            Vp8Bits tokens = header.tokens[row % header.tokens.length];
            for (int column = 0; column < columns; column++) {
                how.read(header, column, row);
                block(how.block(column, row), what, tokens, frame, column, row);
            }
            if (tokens.overrun() || header.modes.overrun()) {
                throw RefusedClip.corrupt("a picture is cut off");
            }
        }
        Vp8LoopFilter.smooth(header, how, frame, columns, rows);
        header.done();
        remember(frame);
        return header.shown;
    }

    private void begin() throws RefusedClip {
        if (header.width == width && header.height == height) {
            return;
        }
        limits.admit(header.width, header.height);
        if (width != 0) {
            throw RefusedClip.unsupported("its size changes");
        }
        width = header.width;
        height = header.height;
        columns = (width + 15) / 16;
        rows = (height + 15) / 16;
        modes = new Vp8Modes(columns, rows);
        residue = new Vp8Residue(columns);
    }

    private Vp8Frame frame() {
        if (free.isEmpty()) {
            made.add(new Vp8Frame(columns, rows));
            return made.getLast();
        }
        Vp8Frame frame = free.iterator().next();
        free.remove(frame);
        return frame;
    }

    private void block(Vp8Block block, Vp8Residue what, Vp8Bits tokens, Vp8Frame frame, int column, int row)
            throws RefusedClip {
        boolean any = false;
        if (block.skip) {
            what.none(column, block.hasMeans());
        } else {
            quantizer(block.segment);
            any = what.read(tokens, header.odds.coefficients, column, block.hasMeans(), steps);
            block.skip = !any;
        }
        int at = row * 16 * frame.stride + column * 16;
        if (block.reference == Vp8Block.INTRA && block.mode == Vp8Block.BY_SUBBLOCKS) {
            for (int i = 0; i < 16; i++) {
                intra.subblock(frame, columns, column, row, i, block.submodes[i]);
                if (any) {
                    what.add(i, frame.luma, at + i / 4 * 4 * frame.stride + i % 4 * 4, frame.stride);
                }
            }
        } else if (block.reference == Vp8Block.INTRA) {
            intra.whole(frame.luma, frame.stride, 16, column, row, block.mode);
        } else {
            Vp8Frame reference = kept[block.reference];
            if (reference == null) {
                throw RefusedClip.corrupt("it does not begin with a key picture");
            }
            inter.predict(reference, frame, block, column, row);
        }
        if (block.reference == Vp8Block.INTRA) {
            intra.whole(frame.blue, frame.chromaStride, 8, column, row, block.chroma);
            intra.whole(frame.red, frame.chromaStride, 8, column, row, block.chroma);
        }
        if (any) {
            add(block, what, frame, column, row);
        }
    }

    private static void add(Vp8Block block, Vp8Residue what, Vp8Frame frame, int column, int row) {
        int at = row * 16 * frame.stride + column * 16;
        if (block.reference != Vp8Block.INTRA || block.mode != Vp8Block.BY_SUBBLOCKS) {
            for (int i = 0; i < 16; i++) {
                what.add(i, frame.luma, at + i / 4 * 4 * frame.stride + i % 4 * 4, frame.stride);
            }
        }
        int chroma = row * 8 * frame.chromaStride + column * 8;
        for (int i = 0; i < 4; i++) {
            int to = chroma + i / 2 * 4 * frame.chromaStride + i % 2 * 4;
            what.add(16 + i, frame.blue, to, frame.chromaStride);
            what.add(20 + i, frame.red, to, frame.chromaStride);
        }
    }

    /** Section 9.6. */
    private void quantizer(int segment) {
        int base = header.quantizer;
        if (header.segmented) {
            int own = header.segmentQuantizer[segment];
            base = Math.clamp(header.absolute ? own : base + own, 0, 127);
        }
        int[] offsets = header.quantizerOffsets;
        steps[0] = Vp8Tables.DC_STEPS[Math.clamp(base + offsets[0], 0, 127)];
        steps[1] = Vp8Tables.AC_STEPS[base];
        steps[2] = 2 * Vp8Tables.DC_STEPS[Math.clamp(base + offsets[1], 0, 127)];
        steps[3] = Math.max(8, Vp8Tables.AC_STEPS[Math.clamp(base + offsets[2], 0, 127)] * 155 / 100);
        steps[4] = Math.min(132, Vp8Tables.DC_STEPS[Math.clamp(base + offsets[3], 0, 127)]);
        steps[5] = Vp8Tables.AC_STEPS[Math.clamp(base + offsets[4], 0, 127)];
    }

    /** Section 9.7. */
    private void remember(Vp8Frame frame) {
        Set<Vp8Frame> before = new LinkedHashSet<>(held());
        Vp8Frame golden = kept[Vp8Block.GOLDEN];
        Vp8Frame alternate = kept[Vp8Block.ALTERNATE];
        Vp8Frame last = kept[Vp8Block.LAST];
        kept[Vp8Block.GOLDEN] = header.refreshGolden ? frame : copied(header.copyToGolden, golden, last, alternate);
        kept[Vp8Block.ALTERNATE] =
                header.refreshAlternate ? frame : copied(header.copyToAlternate, alternate, last, golden);
        if (header.refreshLast) {
            kept[Vp8Block.LAST] = frame;
        }
        latest = frame;
        before.removeAll(held());
        free.addAll(before);
    }

    /** What is not free. */
    private Set<Vp8Frame> held() {
        return Stream.concat(Arrays.stream(kept), Stream.ofNullable(latest))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static @Nullable Vp8Frame copied(
            int from, @Nullable Vp8Frame own, @Nullable Vp8Frame last, @Nullable Vp8Frame other) {
        return switch (from) {
            case 1 -> last;
            case 2 -> other;
            default -> own;
        };
    }

    @Override
    public CapturedSample picture() throws RefusedClip {
        Vp8Frame frame = latest;
        if (frame == null) {
            throw RefusedClip.corrupt("it does not begin with a key picture");
        }
        VideoPicture picture = new VideoPicture(width, height, VideoPicture.Range.LIMITED, turn);
        byte[] planes = new byte[picture.bytes()];
        int at = 0;
        for (int y = 0; y < height; y++, at += width) {
            System.arraycopy(frame.luma, y * frame.stride, planes, at, width);
        }
        for (byte[] plane : new byte[][] {frame.blue, frame.red}) {
            for (int y = 0; y < picture.chromaHeight(); y++, at += picture.chromaWidth()) {
                System.arraycopy(plane, y * frame.chromaStride, planes, at, picture.chromaWidth());
            }
        }
        return new CapturedSample(planes, picture);
    }

    @Override
    public void close() {
        made.forEach(Vp8Frame::wipe);
        if (residue != null) {
            residue.wipe();
        }
        intra.wipe();
        inter.wipe();
    }
}
