package org.vultus.biometrics.clip;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.deblock.DeblockingFilter;
import org.jcodec.codecs.h264.io.CABAC;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.MBType;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.NALUnitType;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.io.BitReader;
import org.jspecify.annotations.Nullable;
import org.vultus.biometrics.image.CapturedSample;
import org.vultus.biometrics.image.VideoPicture;

/**
 * Decodes progressive H.264 of the Baseline, Main and High profiles with 8 bits and 4:2:0. Headers, references and arithmetic decoding are
 * ours, macroblocks the library's (JCodec): its own driver believes every number, starts threads that it never ends, and reads on for ever
 * after the end of some clips.
 */
final class H264Pictures implements PictureSource {
    static final int SLICE = 1;
    static final int KEY_SLICE = 5;
    private static final int SEQUENCE = 7;
    private static final int PICTURE = 8;
    private static final int MOST_PARTITIONS = 4;

    /** The library's values are less by this. */
    private static final byte MIDDLE = (byte) 128;

    private static final int MODELS = 1024;
    private static final int MOST_SLICES = 512;

    private final byte[] clip;
    private final ClipLimits limits;
    private final int turn;
    private final int prefix;
    private final Map<Integer, H264Sets.Sequence> sequences = new HashMap<>();
    private final Map<Integer, PictureParameterSet> pictures = new HashMap<>();
    private final H264References references = new H264References(this::dispose);
    private final Deque<byte[][]> free = new ArrayDeque<>();
    private H264Sets.@Nullable Sequence active;
    private @Nullable Frame latest;
    /** Whether nobody but the next picture holds the latest. */
    private boolean latestIsSpare;

    private final H264Slice.Sets sets = new H264Slice.Sets() {
        @Override
        public PictureParameterSet picture(int number) throws RefusedClip {
            PictureParameterSet set = pictures.get(number);
            if (set == null) {
                throw RefusedClip.corrupt("a parameter set is missing");
            }
            return set;
        }

        @Override
        public H264Sets.Sequence sequence(int number) throws RefusedClip {
            H264Sets.Sequence set = sequences.get(number);
            if (set == null) {
                throw RefusedClip.corrupt("a parameter set is missing");
            }
            return set;
        }
    };

    /** A part of a slice, its escapes taken out. */
    private record Unit(int kind, boolean reference, byte[] bytes, int length) {
        void wipe() {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A slice and where its macroblocks come from. */
    private record Coded(H264Slice slice, Unit unit) {}

    /** @param setup the AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1) */
    H264Pictures(byte[] clip, byte[] setup, int turn, ClipLimits limits) throws RefusedClip {
        Quiet.jcodec();
        this.clip = clip;
        this.turn = turn;
        this.limits = limits;
        Slice in = new Slice(setup, 0, setup.length);
        in.skip(4);
        this.prefix = (in.u8() & 3) + 1;
        for (int kind : new int[] {SEQUENCE, PICTURE}) {
            int count = in.u8() & (kind == SEQUENCE ? 31 : 255);
            for (int i = 0; i < count; i++) {
                byte[] unit = in.part(in.u16()).rest();
                set(unit(unit, 0, unit.length));
            }
        }
    }

    private static Unit unit(byte[] bytes, int from, int length) throws RefusedClip {
        if (length < 1) {
            throw RefusedClip.corrupt("an empty unit");
        }
        int head = bytes[from];
        byte[] plain = new byte[length - 1];
        int zeros = 0;
        int size = 0;
        for (int i = from + 1; i < from + length; i++) {
            if (zeros >= 2 && bytes[i] == 3) {
                zeros = 0;
                continue;
            }
            zeros = bytes[i] == 0 ? zeros + 1 : 0;
            plain[size++] = bytes[i];
        }
        while (size > 0 && plain[size - 1] == 0) {
            size--;
        }
        return new Unit(head & 31, (head & 0x60) != 0, plain, size);
    }

    /** @return whether it was a parameter set */
    private boolean set(Unit unit) throws RefusedClip {
        H264Bits in = new H264Bits(unit.bytes, unit.length, 0);
        if (unit.kind == SEQUENCE) {
            H264Sets.Sequence set = H264Sets.sequence(in, limits);
            sequences.put(set.set().seqParameterSetId, set);
        } else if (unit.kind == PICTURE) {
            PictureParameterSet set = H264Sets.picture(in);
            pictures.put(set.picParameterSetId, set);
        } else {
            return false;
        }
        return true;
    }

    /** Whether all of its slices say that no other picture is made from it. */
    @Override
    public boolean disposable(Packet packet) throws RefusedClip {
        boolean slices = false;
        Slice in = new Slice(clip, packet.offset(), packet.offset() + packet.length());
        while (in.left() > prefix) {
            Slice unit = in.part(in.unsigned(prefix));
            int head = unit.left() > 0 ? unit.u8() : 0;
            int kind = head & 31;
            if (kind == SEQUENCE || kind == PICTURE || (head & 0x60) != 0) {
                return false;
            }
            slices |= kind == SLICE;
        }
        return slices;
    }

    @Override
    public boolean decode(Packet packet) throws RefusedClip {
        List<Coded> slices = new ArrayList<>();
        try {
            read(packet, slices);
            if (slices.isEmpty() || active == null && !slices.getFirst().slice.key()) {
                // A clip that was cut out of a longer one may begin in the middle.
                return false;
            }
            picture(slices);
            return true;
        } catch (RuntimeException e) {
            // The library has no other way to say that a slice makes no sense.
            throw RefusedClip.corrupt("a picture cannot be decoded");
        } finally {
            slices.forEach(coded -> coded.unit.wipe());
        }
    }

    private void read(Packet packet, List<Coded> slices) throws RefusedClip {
        Slice in = new Slice(clip, packet.offset(), packet.offset() + packet.length());
        while (in.left() > prefix) {
            Slice part = in.part(in.unsigned(prefix));
            Unit unit = unit(clip, part.at(), part.left());
            if (set(unit)) {
                continue;
            }
            if (unit.kind > SLICE && unit.kind <= MOST_PARTITIONS) {
                throw RefusedClip.unsupported("H.264 with data partitioning");
            }
            if (unit.kind == SLICE || unit.kind == KEY_SLICE) {
                H264Slice slice =
                        H264Slice.read(new H264Bits(unit.bytes, unit.length, 0), unit.kind, unit.reference, sets);
                if (slice.header().redundantPicCnt == 0) {
                    slices.add(new Coded(slice, unit));
                }
            }
            if (slices.size() > MOST_SLICES) {
                throw RefusedClip.corrupt("more than %d slices".formatted(MOST_SLICES));
            }
        }
    }

    private void picture(List<Coded> slices) throws RefusedClip {
        H264Slice first = slices.getFirst().slice;
        H264Sets.Sequence sequence = sets.sequence(first.header().pps.seqParameterSetId);
        if (active != null && !H264Sets.same(active, sequence)) {
            throw RefusedClip.unsupported("its size changes");
        }
        active = sequence;
        references.requireNoGap(first);
        int order = references.order(first);
        recycle();
        DeblockerInput blocks = new DeblockerInput(sequence.set());
        Frame frame = H264Decoder.createFrame(
                sequence.set(),
                planes(sequence),
                first.header().frameNum,
                first.header().sliceType,
                blocks.mvs,
                blocks.refsUsed,
                order);
        latest = frame;
        latestIsSpare = true;
        int from = -1;
        for (Coded coded : slices) {
            SliceHeader header = coded.slice.header();
            if (header.firstMbInSlice <= from
                    || header.frameNum != first.header().frameNum
                    || coded.slice.reference() != first.reference()
                    || coded.slice.key() != first.key()
                    || header.sps.seqParameterSetId != first.header().sps.seqParameterSetId) {
                throw RefusedClip.corrupt("slices of two pictures in one");
            }
            from = header.firstMbInSlice;
            slice(coded, sequence, blocks, frame, order);
        }
        for (int i = 0; i < blocks.shs.length; i++) {
            if (blocks.shs[i] == null) {
                throw RefusedClip.corrupt("a part of a picture is missing");
            }
            if (blocks.mbTypes[i] == MBType.I_PCM) {
                throw RefusedClip.unsupported("H.264 with plain macroblocks");
            }
        }
        new DeblockingFilter(0, 0, blocks).deblockFrame(frame);
        if (first.reference()) {
            latestIsSpare = false;
            references.keep(first, new H264References.Kept(frame, first.header().frameNum, blocks.refsUsed));
        }
    }

    private void slice(Coded coded, H264Sets.Sequence sequence, DeblockerInput blocks, Frame frame, int order)
            throws RefusedClip {
        SliceHeader header = coded.slice.header();
        int columns = sequence.set().picWidthInMbsMinus1 + 1;
        if (header.firstMbInSlice >= blocks.shs.length) {
            throw RefusedClip.corrupt("a slice outside of its picture");
        }
        if (blocks.shs[header.firstMbInSlice] != null) {
            throw RefusedClip.corrupt("slices overlap");
        }
        CABAC contexts = new CABAC(columns);
        CAVLC[] lengths = new CAVLC[3];
        for (int i = 0; i < 3; i++) {
            int log = i == 0 ? 2 : 1;
            lengths[i] = new CAVLC(header.sps, header.pps, log, log);
        }
        BitReader bits = BitReader.createBitReader(ByteBuffer.wrap(coded.unit.bytes, 0, coded.unit.length));
        bits.skip(coded.slice.data());
        @Nullable H264Bins bins = null;
        if (header.pps.entropyCodingModeFlag) {
            int[][] models = new int[2][MODELS];
            contexts.initModels(
                    models,
                    header.sliceType,
                    header.cabacInitIdc,
                    header.pps.picInitQpMinus26 + 26 + header.sliceQpDelta);
            bins = new H264Bins(coded.unit.bytes, coded.slice.data() + 7 >> 3, coded.unit.length, models);
        }
        NALUnit unit = new NALUnit(
                coded.slice.key() ? NALUnitType.IDR_SLICE : NALUnitType.NON_IDR_SLICE, coded.slice.reference() ? 1 : 0);
        H264Reader reader = new H264Reader(header, unit, contexts, lengths, bins, bits);
        Frame[] places = dictate(header, references.lists(coded.slice, order));
        new H264Macroblocks(sequence.set(), places, blocks, frame, reader, coded.slice.temporal())
                .decodeFromReader(reader);
    }

    /**
     * The library makes its lists itself, wrongly. So each picture is given a number that is not its own, and the library is told to put
     * number after number into its lists, by differences as a slice does (7.4.3.1).
     *
     * @return the pictures by their numbers
     */
    private static Frame[] dictate(SliceHeader header, List<Frame[]> lists) {
        int range = 1 << header.sps.log2MaxFrameNumMinus4 + 4;
        List<Frame> numbered = new ArrayList<>();
        header.refPicReordering = new int[2][][];
        for (int list = 0; list < lists.size(); list++) {
            Frame[] frames = lists.get(list);
            int[] downward = new int[frames.length];
            int[] less = new int[frames.length];
            int before = header.frameNum;
            for (int i = 0; i < frames.length; i++) {
                int number = number(numbered, frames[i]);
                less[i] = Math.floorMod(before - number - 1, range);
                before = number;
            }
            header.refPicReordering[list] = new int[][] {downward, less};
        }
        return numbered.toArray(new Frame[range]);
    }

    private static int number(List<Frame> numbered, Frame frame) {
        int number = 0;
        while (number < numbered.size() && !isOne(numbered.get(number), frame)) {
            number++;
        }
        if (number == numbered.size()) {
            numbered.add(frame);
        }
        return number;
    }

    /** The library's pictures are equal when they look alike. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOne(Frame one, @Nullable Frame other) {
        return one == other;
    }

    private byte[][] planes(H264Sets.Sequence sequence) {
        byte[][] planes = free.poll();
        if (planes != null) {
            return planes;
        }
        int luma = 256 * (sequence.set().picWidthInMbsMinus1 + 1) * (sequence.set().picHeightInMapUnitsMinus1 + 1);
        return new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]};
    }

    /** The planes of a picture that nobody needs any more serve for another one. */
    private void recycle() {
        Frame frame = latest;
        if (frame != null && latestIsSpare) {
            release(frame);
        }
        latest = null;
    }

    private void dispose(H264References.Kept kept) {
        // Pictures name those that they were made from, which would hold on to every picture of the clip.
        Arrays.fill(kept.referred, null);
        if (isOne(kept.frame, latest)) {
            latestIsSpare = true;
        } else {
            release(kept.frame);
        }
    }

    private void release(Frame frame) {
        byte[][] planes = frame.getData();
        free.add(planes.clone());
        Arrays.fill(planes, new byte[0]);
    }

    @Override
    public CapturedSample picture() throws RefusedClip {
        Frame frame = latest;
        H264Sets.Sequence shape = active;
        if (frame == null || shape == null) {
            throw RefusedClip.corrupt("no picture");
        }
        VideoPicture picture = new VideoPicture(
                shape.width(),
                shape.height(),
                shape.full() ? VideoPicture.Range.FULL : VideoPicture.Range.LIMITED,
                turn);
        byte[] planes = new byte[picture.bytes()];
        int at = 0;
        for (int i = 0; i < 3; i++) {
            int less = i == 0 ? 0 : 1;
            int width = i == 0 ? picture.width() : picture.chromaWidth();
            int height = i == 0 ? picture.height() : picture.chromaHeight();
            int stride = frame.getPlaneWidth(i);
            for (int y = 0; y < height; y++, at += width) {
                int from = ((shape.top() >> less) + y) * stride + (shape.left() >> less);
                System.arraycopy(frame.getPlaneData(i), from, planes, at, width);
            }
        }
        for (int i = 0; i < planes.length; i++) {
            planes[i] += MIDDLE;
        }
        return new CapturedSample(planes, picture);
    }

    @Override
    public void close() {
        recycle();
        references.clear();
        for (byte[][] planes : free) {
            for (byte[] plane : planes) {
                Arrays.fill(plane, (byte) 0);
            }
        }
        free.clear();
    }
}
