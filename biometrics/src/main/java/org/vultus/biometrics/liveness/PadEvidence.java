package org.vultus.biometrics.liveness;

/**
 * What the networks saw of one frame, for a {@link PadHead} to weigh. It holds features of a person's face: for memory only,
 * never logged or kept. Immutable; its text form holds no value.
 */
public final class PadEvidence {
    private final double[] values;

    /**
     * @param values what the liveness network makes of the frame around the face and of the face with what is near it, where a
     *     hand, a frame and a device are seen; then the texture of the face. A head knows how many
     */
    public PadEvidence(double... values) {
        this.values = values.clone();
    }

    public double[] values() {
        return values.clone();
    }

    @Override
    public String toString() {
        return "PadEvidence";
    }
}
