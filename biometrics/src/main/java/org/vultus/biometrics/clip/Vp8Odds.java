package org.vultus.biometrics.clip;

/** The probabilities that a stream of VP8 may change. */
final class Vp8Odds {
    final int[] coefficients;
    final int[] luma;
    final int[] chroma;
    final int[][] vectors;

    private Vp8Odds(int[] coefficients, int[] luma, int[] chroma, int[][] vectors) {
        this.coefficients = coefficients.clone();
        this.luma = luma.clone();
        this.chroma = chroma.clone();
        this.vectors = new int[][] {vectors[0].clone(), vectors[1].clone()};
    }

    static Vp8Odds initial() {
        return new Vp8Odds(Vp8Tables.COEFFICIENTS, Vp8Tables.LUMA_MODES, Vp8Tables.CHROMA_MODES, Vp8Tables.VECTORS);
    }

    Vp8Odds copy() {
        return new Vp8Odds(coefficients, luma, chroma, vectors);
    }
}
