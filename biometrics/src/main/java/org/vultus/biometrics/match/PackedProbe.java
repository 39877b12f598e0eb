package org.vultus.biometrics.match;

import java.util.Arrays;

/**
 * A probe made ready for scanning: turned, and its leading components as bytes. Wiped after the search.
 *
 * @param turned all components
 * @param lead the leading components in units of {@code leadScale}, to at most {@link RowScan#LARGEST_OF_PROBE}, padded with zeros
 * @param leadNorm the length of the leading part
 * @param leadError the length of what the bytes leave out of the leading part
 * @param restNorm the length of the other part
 */
record PackedProbe(float[] turned, short[] lead, float leadScale, float leadNorm, float leadError, float restNorm) {

    static PackedProbe of(float[] features, Rotation rotation, int width) {
        rotation.apply(features);
        int count = rotation.lead();
        float largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(features[i]));
        }
        float scale = largest > 0 ? largest / RowScan.LARGEST_OF_PROBE : 1;
        short[] lead = new short[width];
        double leadSquare = 0;
        double errorSquare = 0;
        for (int i = 0; i < count; i++) {
            lead[i] = (short) Math.round(features[i] / scale);
            double error = features[i] - (double) lead[i] * scale;
            leadSquare += (double) features[i] * features[i];
            errorSquare += error * error;
        }
        double restSquare = 0;
        for (int i = count; i < features.length; i++) {
            restSquare += (double) features[i] * features[i];
        }
        return new PackedProbe(
                features, lead, scale, (float) Math.sqrt(leadSquare), (float) Math.sqrt(errorSquare), (float)
                        Math.sqrt(restSquare));
    }

    void wipe() {
        Arrays.fill(turned, 0);
        Arrays.fill(lead, (short) 0);
    }
}
