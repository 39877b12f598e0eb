package org.vultus.onnx;

/** What the networks run on. */
public enum ExecutionProvider {
    /** Everywhere, and the default: these networks are small. */
    CPU,
    /** Apple silicon. */
    COREML,
    /** NVIDIA; needs the GPU build of ONNX Runtime on the class path. */
    CUDA
}
