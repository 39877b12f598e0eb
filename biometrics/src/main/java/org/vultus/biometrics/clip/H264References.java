package org.vultus.biometrics.clip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;

/**
 * Which decoded pictures are kept, how they are counted, and in which order a slice refers to them (ITU-T H.264, 8.2.1, 8.2.4 and 8.2.5),
 * for pictures that are frames. What the library does itself loses a picture when a list is reordered, and uses the place of one that is
 * still referred to.
 */
final class H264References {

    /** A picture that is kept. */
    static final class Kept {
        final Frame frame;
        final int number;
        final Frame[][][] referred;
        int longTerm = -1;

        /** @param referred what its macroblocks referred to */
        Kept(Frame frame, int number, Frame[][][] referred) {
            this.frame = frame;
            this.number = number;
            this.referred = referred;
        }

        boolean isShort() {
            return longTerm < 0;
        }
    }

    /** What becomes of one that is not needed any more. */
    interface Disposal {
        void dispose(Kept kept);
    }

    private final List<Kept> all = new ArrayList<>();
    private final Disposal disposal;
    private int highOrder;
    private int lowOrder;
    private int lastNumber;
    private int numberOffset;
    private int lastReferenceNumber;

    H264References(Disposal disposal) {
        this.disposal = disposal;
    }

    /** The order in which a picture is shown (8.2.1); called once for each. */
    int order(H264Slice slice) {
        SliceHeader header = slice.header();
        int order;
        if (header.sps.picOrderCntType == 0) {
            if (slice.key()) {
                highOrder = 0;
                lowOrder = 0;
            }
            int range = 1 << header.sps.log2MaxPicOrderCntLsbMinus4 + 4;
            int low = header.picOrderCntLsb;
            int high = highOrder;
            if (low < lowOrder && lowOrder - low >= range / 2) {
                high += range;
            } else if (low > lowOrder && low - lowOrder > range / 2) {
                high -= range;
            }
            if (slice.reference()) {
                highOrder = high;
                lowOrder = low;
            }
            order = high + low + Math.min(0, header.deltaPicOrderCntBottom);
        } else {
            if (slice.key()) {
                numberOffset = 0;
            } else if (lastNumber > header.frameNum) {
                numberOffset += range(header);
            }
            order = 2 * (numberOffset + header.frameNum) - (slice.reference() ? 0 : 1);
        }
        lastNumber = header.frameNum;
        return order;
    }

    /** Refuses a picture before which others are missing (7.4.3, frame_num). */
    void requireNoGap(H264Slice slice) throws RefusedClip {
        int number = slice.header().frameNum;
        if (!slice.key()
                && number != lastReferenceNumber
                && number != (lastReferenceNumber + 1) % range(slice.header())) {
            throw RefusedClip.corrupt("pictures are missing");
        }
    }

    private static int range(SliceHeader header) {
        return 1 << header.sps.log2MaxFrameNumMinus4 + 4;
    }

    /** The lists that a slice refers to, none of whose places is empty (8.2.4). */
    List<Frame[]> lists(H264Slice slice, int order) throws RefusedClip {
        SliceHeader header = slice.header();
        List<Frame[]> lists = new ArrayList<>();
        if (header.sliceType == SliceType.P) {
            List<Kept> list = sorted(Kept::isShort, kept -> -number(kept, header));
            list.addAll(sorted(kept -> !kept.isShort(), kept -> kept.longTerm));
            lists.add(reordered(list, slice, 0));
        } else if (header.sliceType == SliceType.B) {
            List<Kept> before = sorted(kept -> kept.isShort() && kept.frame.getPOC() < order, k -> -k.frame.getPOC());
            List<Kept> after = sorted(kept -> kept.isShort() && kept.frame.getPOC() >= order, k -> k.frame.getPOC());
            List<Kept> longTerm = sorted(kept -> !kept.isShort(), kept -> kept.longTerm);
            List<Kept> first = joined(before, after, longTerm);
            List<Kept> second = joined(after, before, longTerm);
            if (second.size() > 1 && second.equals(first)) {
                second.add(0, second.remove(1));
            }
            lists.add(reordered(first, slice, 0));
            lists.add(reordered(second, slice, 1));
        }
        return lists;
    }

    private List<Kept> sorted(Predicate<Kept> which, ToIntFunction<Kept> by) {
        return new ArrayList<>(
                all.stream().filter(which).sorted(Comparator.comparingInt(by)).toList());
    }

    private static List<Kept> joined(List<Kept> one, List<Kept> two, List<Kept> three) {
        List<Kept> whole = new ArrayList<>(one);
        whole.addAll(two);
        whole.addAll(three);
        return whole;
    }

    /** Of a short-term picture, counted from the picture that is decoded. */
    private static int number(Kept kept, SliceHeader header) {
        return kept.number > header.frameNum ? kept.number - range(header) : kept.number;
    }

    /** 8.2.4.3. */
    private static Frame[] orThrow(List<Kept> list, int count) throws RefusedClip {
        Frame[] frames = new Frame[count];
        for (int i = 0; i < count; i++) {
            // Encoders may announce more places than they use.
            Kept kept = i < list.size() ? list.get(i) : list.isEmpty() ? null : list.getLast();
            if (kept == null) {
                throw RefusedClip.corrupt("pictures are missing");
            }
            frames[i] = kept.frame;
        }
        return frames;
    }

    private Frame[] reordered(List<Kept> initial, H264Slice slice, int which) throws RefusedClip {
        SliceHeader header = slice.header();
        int count = header.numRefIdxActiveMinus1[which] + 1;
        List<Kept> list = new ArrayList<>(initial.subList(0, Math.min(count, initial.size())));
        int predicted = header.frameNum;
        int place = 0;
        for (H264Slice.Step step : slice.reorderings().get(which)) {
            Kept wanted;
            if (step.how() == 2) {
                wanted = find(kept -> kept.longTerm == step.argument());
            } else {
                int difference = step.argument() + 1;
                predicted =
                        Math.floorMod(step.how() == 0 ? predicted - difference : predicted + difference, range(header));
                int number = predicted;
                wanted = find(kept -> kept.isShort() && kept.number == number);
            }
            if (place >= count || place > list.size()) {
                throw RefusedClip.corrupt("too many modifications");
            }
            list.add(place++, wanted);
            for (int i = list.size() - 1; i >= place; i--) {
                if (list.get(i) == wanted) {
                    list.remove(i);
                }
            }
            while (list.size() > count) {
                list.removeLast();
            }
        }
        return orThrow(list, count);
    }

    private Kept find(Predicate<Kept> which) throws RefusedClip {
        for (Kept kept : all) {
            if (which.test(kept)) {
                return kept;
            }
        }
        throw RefusedClip.corrupt("pictures are missing");
    }

    /** Keeps a picture that others will be made from, and lets go of those that are not needed (8.2.5). */
    void keep(H264Slice slice, Kept picture) throws RefusedClip {
        SliceHeader header = slice.header();
        lastReferenceNumber = header.frameNum;
        int most = Math.max(1, header.sps.numRefFrames);
        if (slice.key()) {
            drop(_ -> true);
            if (slice.longTerm()) {
                setLong(picture, 0);
            }
        } else if (slice.marks().isEmpty()) {
            if (all.size() >= most) {
                Kept oldest = all.stream()
                        .filter(Kept::isShort)
                        .min(Comparator.comparingInt(kept -> number(kept, header)))
                        .orElseThrow(() -> RefusedClip.corrupt("too many pictures are kept"));
                drop(kept -> kept == oldest);
            }
        } else {
            for (H264Slice.Mark mark : slice.marks()) {
                mark(mark, picture, header);
            }
        }
        if (all.size() >= most) {
            throw RefusedClip.corrupt("too many pictures are kept");
        }
        all.add(picture);
    }

    private void mark(H264Slice.Mark mark, Kept picture, SliceHeader header) throws RefusedClip {
        int number = Math.floorMod(header.frameNum - mark.first() - 1, range(header));
        switch (mark.operation()) {
            case 1 -> drop(kept -> kept.isShort() && kept.number == number);
            case 2 -> drop(kept -> kept.longTerm == mark.first());
            case 3 -> {
                Kept wanted = find(kept -> kept.isShort() && kept.number == number);
                drop(kept -> kept.longTerm == mark.second());
                setLong(wanted, mark.second());
            }
            case 4 -> drop(kept -> kept.longTerm >= mark.first());
            case 6 -> {
                drop(kept -> kept.longTerm == mark.first());
                setLong(picture, mark.first());
            }
            // Counts pictures anew in the middle; no camera and no browser does it.
            default -> throw RefusedClip.unsupported("H.264 that begins anew without a key picture");
        }
    }

    private static void setLong(Kept kept, int place) {
        kept.longTerm = place;
        kept.frame.setShortTerm(false);
    }

    /** Lets go of all that are kept. */
    void clear() {
        drop(_ -> true);
    }

    private void drop(Predicate<Kept> which) {
        for (Kept kept : List.copyOf(all)) {
            if (which.test(kept)) {
                all.remove(kept);
                disposal.dispose(kept);
            }
        }
    }
}
