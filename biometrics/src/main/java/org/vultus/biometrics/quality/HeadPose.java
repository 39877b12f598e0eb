package org.vultus.biometrics.quality;

/**
 * Where a head points, in degrees; zero is straight into the camera.
 *
 * @param yaw positive when the face is turned towards the right edge of the image
 * @param pitch positive when the face looks up
 * @param roll positive when the head is tilted clockwise in the image
 */
public record HeadPose(double yaw, double pitch, double roll) {}
