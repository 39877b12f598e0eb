package org.vultus.biometrics.clip;

import java.util.Arrays;
import org.jcodec.codecs.h264.io.model.PictureParameterSet;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.common.model.ColorSpace;

/**
 * Reads the parameter sets of H.264 (7.3.2) into the library's records, and refuses what the library cannot decode right, by name. The
 * library's own readers believe every number they read.
 */
final class H264Sets {
    private static final int BASELINE = 66;
    private static final int MAIN = 77;
    private static final int HIGH = 100;
    static final int MOST_REFERENCES = 16;
    private static final int EXTENDED_ASPECT = 255;

    /**
     * A sequence parameter set.
     *
     * @param full whether black is 0 and white 255
     */
    record Sequence(SeqParameterSet set, int left, int top, int width, int height, boolean full) {}

    private H264Sets() {}

    static Sequence sequence(H264Bits in, ClipLimits limits) throws RefusedClip {
        SeqParameterSet set = new SeqParameterSet();
        set.profileIdc = in.number(8);
        in.number(8);
        set.levelIdc = in.number(8);
        if (set.profileIdc != BASELINE && set.profileIdc != MAIN && set.profileIdc != HIGH) {
            throw RefusedClip.unsupported("H.264 of profile %d".formatted(set.profileIdc));
        }
        set.seqParameterSetId = in.unsigned(31, "seq_parameter_set_id");
        set.chromaFormatIdc = ColorSpace.YUV420J;
        if (set.profileIdc == HIGH) {
            if (in.unsigned(3, "chroma_format_idc") != 1) {
                throw RefusedClip.unsupported("H.264 without 4:2:0 colours");
            }
            if (in.unsigned(6, "bit_depth_luma") != 0 || in.unsigned(6, "bit_depth_chroma") != 0) {
                throw RefusedClip.unsupported("H.264 of more than 8 bits");
            }
            if (in.flag()) {
                throw RefusedClip.unsupported("lossless H.264");
            }
            if (in.flag()) {
                throw RefusedClip.unsupported("H.264 with scaling matrices");
            }
        }
        set.log2MaxFrameNumMinus4 = in.unsigned(12, "log2_max_frame_num");
        set.picOrderCntType = in.unsigned(2, "pic_order_cnt_type");
        if (set.picOrderCntType == 0) {
            set.log2MaxPicOrderCntLsbMinus4 = in.unsigned(12, "log2_max_pic_order_cnt_lsb");
        } else if (set.picOrderCntType == 1) {
            throw RefusedClip.unsupported("H.264 with pictures counted in cycles");
        }
        set.numRefFrames = in.unsigned(MOST_REFERENCES, "max_num_ref_frames");
        set.gapsInFrameNumValueAllowedFlag = in.flag();
        // 16 times as many pixels; as many as fit into an int.
        set.picWidthInMbsMinus1 = in.unsigned(1 << 20, "pic_width_in_mbs");
        set.picHeightInMapUnitsMinus1 = in.unsigned(1 << 20, "pic_height_in_map_units");
        set.frameMbsOnlyFlag = in.flag();
        if (!set.frameMbsOnlyFlag) {
            throw RefusedClip.unsupported("interlaced H.264");
        }
        set.direct8x8InferenceFlag = in.flag();
        int width = 16 * (set.picWidthInMbsMinus1 + 1);
        int height = 16 * (set.picHeightInMapUnitsMinus1 + 1);
        limits.admit(width, height);
        int left = 0;
        int top = 0;
        if (in.flag()) {
            left = 2 * in.unsigned(width, "frame_crop_left");
            width -= left + 2 * in.unsigned(width, "frame_crop_right");
            top = 2 * in.unsigned(height, "frame_crop_top");
            height -= top + 2 * in.unsigned(height, "frame_crop_bottom");
        }
        limits.admit(width, height);
        return new Sequence(set, left, top, width, height, in.flag() && full(in));
    }

    /** Annex E, as far as needed. */
    private static boolean full(H264Bits in) throws RefusedClip {
        if (in.flag() && in.number(8) == EXTENDED_ASPECT) {
            in.number(32);
        }
        if (in.flag()) {
            in.bit();
        }
        if (!in.flag()) {
            return false;
        }
        in.number(3);
        return in.flag();
    }

    static PictureParameterSet picture(H264Bits in) throws RefusedClip {
        PictureParameterSet set = new PictureParameterSet();
        set.picParameterSetId = in.unsigned(255, "pic_parameter_set_id");
        set.seqParameterSetId = in.unsigned(31, "seq_parameter_set_id");
        set.entropyCodingModeFlag = in.flag();
        set.picOrderPresentFlag = in.flag();
        if (in.unsigned(7, "num_slice_groups") != 0) {
            throw RefusedClip.unsupported("H.264 with slice groups");
        }
        set.numRefIdxActiveMinus1 = new int[] {
            in.unsigned(MOST_REFERENCES - 1, "num_ref_idx_l0"), in.unsigned(MOST_REFERENCES - 1, "num_ref_idx_l1")
        };
        set.weightedPredFlag = in.flag();
        set.weightedBipredIdc = in.number(2);
        set.picInitQpMinus26 = in.signed(26, "pic_init_qp");
        set.picInitQsMinus26 = in.signed(26, "pic_init_qs");
        set.chromaQpIndexOffset = in.signed(12, "chroma_qp_index_offset");
        set.deblockingFilterControlPresentFlag = in.flag();
        set.constrainedIntraPredFlag = in.flag();
        if (set.constrainedIntraPredFlag) {
            throw RefusedClip.unsupported("H.264 with constrained prediction");
        }
        set.redundantPicCntPresentFlag = in.flag();
        set.extended = new PictureParameterSet.PPSExt();
        set.extended.secondChromaQpIndexOffset = set.chromaQpIndexOffset;
        if (in.more()) {
            set.extended.transform8x8ModeFlag = in.flag();
            if (in.flag()) {
                throw RefusedClip.unsupported("H.264 with scaling matrices");
            }
            set.extended.secondChromaQpIndexOffset = in.signed(12, "second_chroma_qp_index_offset");
        }
        return set;
    }

    /** Whether two sets of one number say the same of size and references. */
    static boolean same(Sequence a, Sequence b) {
        return Arrays.equals(key(a), key(b));
    }

    private static int[] key(Sequence s) {
        return new int[] {
            s.width,
            s.height,
            s.left,
            s.top,
            s.set.picWidthInMbsMinus1,
            s.set.picHeightInMapUnitsMinus1,
            s.set.numRefFrames
        };
    }
}
