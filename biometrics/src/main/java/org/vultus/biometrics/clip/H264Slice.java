package org.vultus.biometrics.clip;

import java.util.ArrayList;
import java.util.List;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.PredictionWeightTable;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.codecs.h264.io.model.SliceType;

/**
 * The header of a slice of H.264 (7.3.3), within its bounds.
 *
 * @param header for the library
 * @param reference whether other pictures are made from this one
 * @param key whether nothing before it is needed
 * @param reorderings of the two lists of references
 * @param marks what to do with the pictures that are kept; empty to let the oldest go
 * @param longTerm whether a key picture is kept until it is told otherwise
 * @param data the bit at which macroblocks begin
 */
record H264Slice(
        SliceHeader header,
        boolean reference,
        boolean key,
        List<List<Step>> reorderings,
        List<Mark> marks,
        boolean longTerm,
        int data) {

    /** One step of a reordering: 0 and 1 by difference, 2 a long-term picture. */
    record Step(int how, int argument) {}

    /** A memory management control operation. */
    record Mark(int operation, int first, int second) {}

    private static final int MOST_STEPS = 2 * H264Sets.MOST_REFERENCES + 2;
    private static final int MOST_MARKS = 4 * H264Sets.MOST_REFERENCES;

    /** Where the parameter sets are. */
    interface Sets {
        PictureParameterSet picture(int number) throws RefusedClip;

        H264Sets.Sequence sequence(int number) throws RefusedClip;
    }

    /** Whether vectors may be taken from the picture that comes next (8.4.1.2.3). */
    boolean temporal() {
        return header.sliceType == SliceType.B && !header.directSpatialMvPredFlag;
    }

    static H264Slice read(H264Bits in, int kind, boolean reference, Sets sets) throws RefusedClip {
        SliceHeader header = new SliceHeader();
        boolean key = kind == H264Pictures.KEY_SLICE;
        header.firstMbInSlice = in.unsigned(1 << 24, "first_mb_in_slice");
        int type = in.unsigned(9, "slice_type") % 5;
        header.sliceType = switch (type) {
            case 0 -> SliceType.P;
            case 1 -> SliceType.B;
            case 2 -> SliceType.I;
            default -> throw RefusedClip.unsupported("H.264 with switching pictures");
        };
        header.picParameterSetId = in.unsigned(255, "pic_parameter_set_id");
        PictureParameterSet picture = sets.picture(header.picParameterSetId);
        H264Sets.Sequence sequence = sets.sequence(picture.seqParameterSetId);
        boolean between = header.sliceType == SliceType.B;
        if (between && !picture.weightedPredFlag) {
            // The library looks at this flag for B slices too, where the other one counts (7.4.2.2).
            picture = picture.copy();
            picture.weightedPredFlag = picture.weightedBipredIdc != 0;
        }
        header.pps = picture;
        header.sps = sequence.set();
        header.frameNum = in.number(header.sps.log2MaxFrameNumMinus4 + 4);
        if (key) {
            header.idrPicId = in.unsigned(65_535, "idr_pic_id");
        }
        if (header.sps.picOrderCntType == 0) {
            header.picOrderCntLsb = in.number(header.sps.log2MaxPicOrderCntLsbMinus4 + 4);
            header.deltaPicOrderCntBottom =
                    picture.picOrderPresentFlag ? in.signed(Integer.MAX_VALUE / 2, "delta_pic_order_cnt_bottom") : 0;
        }
        header.deltaPicOrderCnt = new int[2];
        header.redundantPicCnt = picture.redundantPicCntPresentFlag ? in.unsigned(127, "redundant_pic_cnt") : 0;
        header.directSpatialMvPredFlag = between && in.flag();
        int[] active = picture.numRefIdxActiveMinus1.clone();
        if (type < 2 && in.flag()) {
            active[0] = in.unsigned(H264Sets.MOST_REFERENCES - 1, "num_ref_idx_l0");
            active[1] = between ? in.unsigned(H264Sets.MOST_REFERENCES - 1, "num_ref_idx_l1") : active[1];
        }
        header.numRefIdxActiveOverrideFlag = true;
        header.numRefIdxActiveMinus1 = active;
        List<List<Step>> reorderings = new ArrayList<>();
        int lists = between ? 2 : type == 0 ? 1 : 0;
        for (int list = 0; list < lists; list++) {
            reorderings.add(in.flag() ? steps(in) : List.of());
        }
        if (type == 0 && picture.weightedPredFlag || between && picture.weightedBipredIdc == 1) {
            weights(in, header, lists);
        }
        List<Mark> marks = List.of();
        boolean longTerm = false;
        if (reference && key) {
            in.bit();
            longTerm = in.flag();
        } else if (reference && in.flag()) {
            marks = marks(in);
        }
        if (picture.entropyCodingModeFlag && type < 2) {
            header.cabacInitIdc = in.unsigned(2, "cabac_init_idc");
        }
        header.sliceQpDelta = in.signed(77, "slice_qp_delta");
        int quantizer = 26 + picture.picInitQpMinus26 + header.sliceQpDelta;
        if (quantizer < 0 || quantizer > 51) {
            throw RefusedClip.corrupt("a quantizer of %d".formatted(quantizer));
        }
        filter(in, header);
        return new H264Slice(header, reference, key, reorderings, marks, longTerm, in.at());
    }

    private static List<Step> steps(H264Bits in) throws RefusedClip {
        List<Step> steps = new ArrayList<>();
        for (int how = in.unsigned(3, "modification"); how != 3; how = in.unsigned(3, "modification")) {
            if (steps.size() == MOST_STEPS) {
                throw RefusedClip.corrupt("too many modifications");
            }
            steps.add(new Step(how, in.unsigned(1 << 16, "picture")));
        }
        return steps;
    }

    private static List<Mark> marks(H264Bits in) throws RefusedClip {
        List<Mark> marks = new ArrayList<>();
        for (int operation = in.unsigned(6, "operation"); operation != 0; operation = in.unsigned(6, "operation")) {
            if (marks.size() == MOST_MARKS) {
                throw RefusedClip.corrupt("too many operations");
            }
            int first = operation == 5 ? 0 : in.unsigned(1 << 16, "picture");
            marks.add(new Mark(operation, first, operation == 3 ? in.unsigned(1 << 16, "picture") : 0));
        }
        return marks;
    }

    private static void weights(H264Bits in, SliceHeader header, int lists) throws RefusedClip {
        PredictionWeightTable table = new PredictionWeightTable();
        table.lumaLog2WeightDenom = in.unsigned(7, "luma_log2_weight_denom");
        table.chromaLog2WeightDenom = in.unsigned(7, "chroma_log2_weight_denom");
        for (int list = 0; list < 2; list++) {
            int count = header.numRefIdxActiveMinus1[list] + 1;
            table.lumaWeight[list] = new int[count];
            table.lumaOffset[list] = new int[count];
            table.chromaWeight[list] = new int[2][count];
            table.chromaOffset[list] = new int[2][count];
            for (int i = 0; i < count; i++) {
                boolean own = list < lists && in.flag();
                table.lumaWeight[list][i] = own ? in.signed(128, "weight") : 1 << table.lumaLog2WeightDenom;
                table.lumaOffset[list][i] = own ? in.signed(128, "offset") : 0;
                boolean colours = list < lists && in.flag();
                for (int c = 0; c < 2; c++) {
                    table.chromaWeight[list][c][i] =
                            colours ? in.signed(128, "weight") : 1 << table.chromaLog2WeightDenom;
                    table.chromaOffset[list][c][i] = colours ? in.signed(128, "offset") : 0;
                }
            }
        }
        header.predWeightTable = table;
    }

    /** Where the filter of edges is off, the library is given a strength at which it does nothing; it does not know "off". */
    private static void filter(H264Bits in, SliceHeader header) throws RefusedClip {
        if (!header.pps.deblockingFilterControlPresentFlag) {
            return;
        }
        int how = in.unsigned(2, "disable_deblocking_filter_idc");
        header.disableDeblockingFilterIdc = how;
        if (how == 1) {
            header.sliceAlphaC0OffsetDiv2 = -52;
            header.sliceBetaOffsetDiv2 = -52;
        } else {
            header.sliceAlphaC0OffsetDiv2 = in.signed(6, "slice_alpha_c0_offset");
            header.sliceBetaOffsetDiv2 = in.signed(6, "slice_beta_offset");
        }
    }
}
