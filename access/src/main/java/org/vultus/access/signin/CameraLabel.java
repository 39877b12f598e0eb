package org.vultus.access.signin;

import java.util.regex.Pattern;

/** What a client says its camera is called; not proven. At most {@value #LONGEST} characters on one line. */
public record CameraLabel(String text) {
    private static final int LONGEST = 80;

    private static final Pattern VIRTUAL = Pattern.compile(
            "virtual|\\bobs\\b|manycam|xsplit|snap camera|droidcam|v4l2|loopback|dummy|fake|splitcam|e2esoft",
            Pattern.CASE_INSENSITIVE);

    public CameraLabel {
        text = text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("\\p{Cntrl}", " ");
    }

    /** Whether programs that pass for a camera are called so. */
    public boolean isVirtual() {
        return VIRTUAL.matcher(text).find();
    }
}
