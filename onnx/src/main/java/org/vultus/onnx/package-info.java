/**
 * Runs the networks of a model pack with ONNX Runtime and implements the ports of {@code org.vultus.biometrics} with them.
 * Reads and checks model packs, packs pixels into tensors, turns the networks' outputs into boxes, points, angles and
 * features. The only package that knows ONNX Runtime; it judges nothing and decides nothing about a person.
 */
@NullMarked
package org.vultus.onnx;

import org.jspecify.annotations.NullMarked;
