package org.vultus.biometrics.liveness;

/**
 * What the networks saw of one frame, for a {@link PadHead} to weigh. It holds features of a person's face: for memory only,
 * never logged or kept. Immutable; its text form holds no value.
 */
public final class PadEvidence {
    private final double logit;
    private final double[] context;
    private final double[] texture;

    /**
     * @param logit the log-odds of a bona fide face by the liveness network alone
     * @param context what that network makes of the face with everything around it: where a hand, a frame and a device are seen
     * @param texture mean and spread of early channels of the face network: where a raster and a print are seen
     */
    public PadEvidence(double logit, double[] context, double[] texture) {
        this.logit = logit;
        this.context = context.clone();
        this.texture = texture.clone();
    }

    public double logit() {
        return logit;
    }

    public double[] context() {
        return context.clone();
    }

    public double[] texture() {
        return texture.clone();
    }

    double weighContext(PadHead.Linear weights) {
        return weights.of(context);
    }

    double weighTexture(PadHead.Linear weights) {
        return weights.of(texture);
    }

    @Override
    public String toString() {
        return "PadEvidence";
    }
}
