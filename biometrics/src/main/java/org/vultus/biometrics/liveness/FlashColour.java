package org.vultus.biometrics.liveness;

/** A colour that a display can fill itself with. Names are stable: they are part of the API. */
public enum FlashColour {
    RED(1, 0, 0),
    GREEN(0, 1, 0),
    BLUE(0, 0, 1),
    WHITE(1, 1, 1);

    private final int red;
    private final int green;
    private final int blue;

    FlashColour(int red, int green, int blue) {
        this.red = red;
        this.green = green;
        this.blue = blue;
    }

    /** The share of this channel among the light that the display sends out, less a third: 0 for white. */
    double chroma(int channel) {
        double own = channel == 0 ? red : channel == 1 ? green : blue;
        return own / (red + green + blue) - 1.0 / 3;
    }
}
