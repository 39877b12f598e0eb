package org.vultus.onnx;

/**
 * How the networks are run.
 *
 * @param provider what they run on
 * @param threadsPerCall how many threads share one inference; 1 gives the best throughput and the steadiest latency when
 *     several calls run at once
 */
public record RuntimeOptions(ExecutionProvider provider, int threadsPerCall) {

    /** The CPU, one thread per call. */
    public static final RuntimeOptions DEFAULT = new RuntimeOptions(ExecutionProvider.CPU, 1);

    public RuntimeOptions {
        if (threadsPerCall < 1 || threadsPerCall > 64) {
            throw new IllegalArgumentException("threads per call must be 1 to 64, not " + threadsPerCall);
        }
    }
}
