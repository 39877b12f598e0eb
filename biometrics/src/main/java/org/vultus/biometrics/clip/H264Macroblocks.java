package org.vultus.biometrics.clip;

import org.jcodec.codecs.h264.H264Utils.Mv;
import org.jcodec.codecs.h264.decode.DeblockerInput;
import org.jcodec.codecs.h264.decode.MBlock;
import org.jcodec.codecs.h264.decode.SliceDecoder;
import org.jcodec.codecs.h264.io.model.Frame;
import org.jcodec.codecs.h264.io.model.MBType;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.IntObjectMap;
import org.jcodec.common.model.Picture;

/**
 * The library's decoder of macroblocks with one fault mended: where vectors are taken from the picture that comes next, it makes the second
 * vector from what stood in the place of the first before that was known. So the first one is put there.
 */
final class H264Macroblocks extends SliceDecoder {
    private static final int BLOCKS = 16;

    private final H264Reader reader;
    private final boolean temporal;
    private final int columns;
    private final Frame picture;

    H264Macroblocks(
            SeqParameterSet sequence,
            Frame[] references,
            DeblockerInput blocks,
            Frame picture,
            H264Reader reader,
            boolean temporal) {
        super(sequence, references, new IntObjectMap<>(), blocks, picture);
        this.reader = reader;
        this.temporal = temporal;
        this.columns = sequence.picWidthInMbsMinus1 + 1;
        this.picture = picture;
    }

    @Override
    public void decode(MBlock block, SliceType type, Picture into, Frame[][] references) {
        if (temporal) {
            boolean whole = block.skipped || block.curMbType == MBType.B_Direct_16x16;
            boolean quarters = !whole && block.curMbType == MBType.B_8x8;
            for (int i = 0; i < BLOCKS; i++) {
                if (whole || quarters && reader.direct(i)) {
                    block.x.setMv(i, 0, first(block.mbIdx, i, references));
                }
            }
        }
        super.decode(block, type, into, references);
    }

    /** The vector into the first list (ITU-T H.264, 8.4.1.2.3). */
    private int first(int macroblock, int block, Frame[][] references) {
        Frame next = references[1][0];
        int x = macroblock % columns * 4 + block % 4;
        int y = macroblock / columns * 4 + block / 4;
        int list = Mv.mvRef(next.getMvs().getMv(x, y, 0)) < 0 ? 1 : 0;
        int vector = next.getMvs().getMv(x, y, list);
        if (Mv.mvRef(vector) < 0) {
            return Mv.packMv(0, 0, 0);
        }
        Frame named = next.getRefsUsed()[macroblock][list][Mv.mvRef(vector)];
        int apart = Math.clamp((long) next.getPOC() - named.getPOC(), -128, 127);
        if (!named.isShortTerm() || apart == 0) {
            return vector;
        }
        int here = Math.clamp((long) picture.getPOC() - named.getPOC(), -128, 127);
        int share = Math.clamp((here * ((16_384 + Math.abs(apart / 2)) / apart) + 32) >> 6, -1024, 1023);
        return Mv.packMv((share * Mv.mvX(vector) + 128) >> 8, (share * Mv.mvY(vector) + 128) >> 8, 0);
    }
}
