package org.vultus.biometrics.quality;

/** How probably each eye is open, 0–1. Left is the viewer's. */
public record EyeState(double leftOpen, double rightOpen) {}
