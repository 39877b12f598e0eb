package org.vultus.biometrics.detect;

/** The five points that faces are aligned by. Left and right are the viewer's: {@code leftEye} has the smaller x. */
public record FivePoints(Point leftEye, Point rightEye, Point nose, Point mouthLeft, Point mouthRight) {}
