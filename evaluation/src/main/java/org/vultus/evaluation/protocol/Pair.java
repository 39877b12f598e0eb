package org.vultus.evaluation.protocol;

/**
 * One comparison of a verification protocol.
 *
 * @param probe path of an image, relative to the folder of the images
 * @param reference likewise
 * @param mated whether both show one person
 */
public record Pair(String probe, String reference, boolean mated) {}
