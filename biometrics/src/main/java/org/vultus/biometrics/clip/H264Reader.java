package org.vultus.biometrics.clip;

import org.jcodec.codecs.h264.decode.MBlock;
import org.jcodec.codecs.h264.decode.SliceReader;
import org.jcodec.codecs.h264.decode.aso.MapManager;
import org.jcodec.codecs.h264.io.CABAC;
import org.jcodec.codecs.h264.io.CAVLC;
import org.jcodec.codecs.h264.io.model.NALUnit;
import org.jcodec.codecs.h264.io.model.SliceHeader;
import org.jcodec.common.io.BitReader;
import org.jspecify.annotations.Nullable;

/** The library's reader of macroblocks, which keeps to itself how it divided one; this one tells {@link H264Macroblocks}. */
final class H264Reader extends SliceReader {
    private static final int QUARTERS = 4;

    /** Which of the quarters take their vectors from elsewhere (ITU-T H.264, table 7-18: 0). */
    private final boolean[] direct = new boolean[QUARTERS];

    private int read;

    H264Reader(
            SliceHeader header,
            NALUnit unit,
            CABAC contexts,
            CAVLC[] lengths,
            @Nullable H264Bins bins,
            BitReader bits) {
        super(
                header.pps,
                contexts,
                lengths,
                bins,
                bits,
                new MapManager(header.sps, header.pps).getMapper(header),
                header,
                unit);
    }

    @Override
    public boolean readMacroblock(MBlock block) {
        read = 0;
        return super.readMacroblock(block);
    }

    @Override
    public int readSubMBTypeB() {
        int type = super.readSubMBTypeB();
        direct[read++ % QUARTERS] = type == 0;
        return type;
    }

    /** @param block of 4 × 4 pixels of a macroblock in quarters, row by row */
    boolean direct(int block) {
        return direct[block / 8 * 2 + block % 4 / 2];
    }
}
