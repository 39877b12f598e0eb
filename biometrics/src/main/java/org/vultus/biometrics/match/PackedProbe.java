package org.vultus.biometrics.match;

import java.util.Arrays;

/**
 * A probe made ready for scanning: turned, and its leading components as small numbers. Wiped after the search.
 *
 * <p>Four components a, b, c, d of a row lie in a short s, of which s is what they sum up to with 1, 16, 256 and 4096. A shift takes
 * away the lower ones but leaves the upper ones on, so they are counted in the factors of the others: a·p + b·q + … is s·p +
 * (s ≫ 4)·(q − 16·p) + …, also where shorts overflow on the way.
 *
 * @param turned all components
 * @param lead the leading components, each group in units of its own, of a sum without signs of at most {@link
 *     RowScan#LARGEST_OF_PROBE}, padded with zeros
 * @param factors what rows' shorts are multiplied with, each after a shift by four bits more
 * @param starts what makes of a group's sum one of numbers 2n + 1
 * @param weights the units of the groups, and what a row's slack counts
 * @param leadError the length of what the small numbers leave out of the leading part
 * @param restNorm the length of the other part
 */
record PackedProbe(
        float[] turned,
        short[] lead,
        short[] factors,
        short[] starts,
        float[] weights,
        float leadError,
        float restNorm) {
    private static final int BITS = Short.SIZE / RowScan.IN_SHORT;

    static PackedProbe of(float[] features, Rotation rotation) {
        rotation.apply(features);
        int count = rotation.lead();
        int groups = RowScan.groups(count);
        short[] lead = new short[groups * RowScan.GROUP];
        float[] weights = new float[groups + 1];
        double leadSquare = 0;
        double errorSquare = 0;
        for (int group = 0; group < groups; group++) {
            int first = group * RowScan.GROUP;
            int end = Math.min(first + RowScan.GROUP, count);
            double sum = 0;
            for (int i = first; i < end; i++) {
                sum += Math.abs(features[i]);
            }
            // Rounding may make each larger by one half.
            weights[group] = sum > 0 ? (float) (sum / (RowScan.LARGEST_OF_PROBE - RowScan.GROUP)) : 1;
            for (int i = first; i < end; i++) {
                lead[i] = (short) Math.round(features[i] / weights[group]);
                double error = features[i] - (double) lead[i] * weights[group];
                leadSquare += (double) features[i] * features[i];
                errorSquare += error * error;
            }
        }
        double restSquare = 0;
        for (int i = count; i < features.length; i++) {
            restSquare += (double) features[i] * features[i];
        }
        weights[groups] = (float) Math.sqrt(restSquare + leadSquare * Block.ERROR_WEIGHT * Block.ERROR_WEIGHT);
        return new PackedProbe(
                features, lead, factors(lead), starts(lead), weights, (float) Math.sqrt(errorSquare), (float)
                        Math.sqrt(restSquare));
    }

    private static short[] factors(short[] lead) {
        short[] factors = new short[lead.length];
        for (int i = 0; i < lead.length; i++) {
            int lower = i % RowScan.IN_SHORT == 0 ? 0 : lead[i - 1];
            factors[i] = (short) (2 * (lead[i] - (lower << BITS)));
        }
        return factors;
    }

    /** All but the last of a short are 8 too large. */
    private static short[] starts(short[] lead) {
        short[] starts = new short[lead.length / RowScan.GROUP];
        for (int i = 0; i < lead.length; i++) {
            boolean last = i % RowScan.IN_SHORT == RowScan.IN_SHORT - 1;
            starts[i / RowScan.GROUP] += (short) (last ? lead[i] : -15 * lead[i]);
        }
        return starts;
    }

    int groups() {
        return starts.length;
    }

    void wipe() {
        Arrays.fill(turned, 0);
        Arrays.fill(lead, (short) 0);
        Arrays.fill(factors, (short) 0);
        Arrays.fill(starts, (short) 0);
        Arrays.fill(weights, 0);
    }
}
