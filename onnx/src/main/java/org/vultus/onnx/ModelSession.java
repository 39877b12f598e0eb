package org.vultus.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One loaded network. Each call borrows a workspace: tensors over direct buffers, made once and used again, so that a call
 * copies nothing into or out of the runtime. A workspace is wiped when it is given back, because its tensors hold a face.
 * Safe for several threads; calls do not wait for each other. {@link #close()} waits for the calls that run.
 */
final class ModelSession implements AutoCloseable {

    /** More calls than this may run at once, but only so many workspaces are kept for later. */
    private static final int KEPT_WORKSPACES = 2 * Runtime.getRuntime().availableProcessors();

    private static final String WRONG_NETWORK = "Correct model-pack.yaml, or use a file whose network has this role";

    private final OrtEnvironment environment = SilentRuntime.environment();
    private final String file;
    private final OrtSession session;
    private final String inputName;
    private final ImageInput input;
    private final Map<String, OutputShape> shapes;
    private final Deque<Workspace> idle = new ArrayDeque<>();
    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
    private List<String> outputNames = List.of();
    private boolean closed;

    /** A change to the bytes of an ONNX file. */
    @FunctionalInterface
    interface Edit {
        byte[] apply(byte[] onnx) throws InvalidProtocolBufferException;
    }

    private ModelSession(String file, byte[] model, Edit edit, ImageInput input, RuntimeOptions options) {
        this.file = file;
        this.input = input;
        try (OrtSession.SessionOptions ort = sessionOptions(options)) {
            this.session = environment.createSession(prepared(model, edit, options.provider()), ort);
        } catch (OrtException e) {
            throw new ModelPackException(
                    file,
                    "ONNX Runtime cannot load it on " + options.provider() + " (" + e.getMessage() + ")",
                    options.provider() == ExecutionProvider.CPU
                            ? "Use an ONNX file that this version of ONNX Runtime supports"
                            : "Use the execution provider cpu, or install what " + options.provider() + " needs",
                    e);
        }
        try {
            this.inputName = checkInput();
            this.shapes = tryOut();
        } catch (OrtException e) {
            closeSession();
            throw new ModelPackException(file, "it does not run (" + e.getMessage() + ")", WRONG_NETWORK, e);
        } catch (RuntimeException e) {
            closeSession();
            throw e;
        }
    }

    /**
     * Loads a network and runs it once.
     *
     * @param outputs chooses, from the outputs that the network gives, those that {@link #run} shall pass on, in order;
     *     throws {@link IllegalArgumentException} when the network does not have what it needs
     * @throws ModelPackException when the file is not a network that takes {@code model.input()} and gives such outputs
     */
    static ModelSession load(
            ModelPack pack,
            PackManifest.Model model,
            RuntimeOptions options,
            Function<List<OutputShape>, List<String>> outputs) {
        return load(pack, model, options, onnx -> onnx, outputs);
    }

    /**
     * The same of a network that is edited after its SHA-256 was checked.
     *
     * @param edit takes and gives the bytes of an ONNX file; throws {@link IllegalArgumentException} when the network does not
     *     have what it needs
     */
    static ModelSession load(
            ModelPack pack,
            PackManifest.Model model,
            RuntimeOptions options,
            Edit edit,
            Function<List<OutputShape>, List<String>> outputs) {
        ModelSession loaded =
                new ModelSession(pack.describe(model.file()), pack.read(model), edit, model.input(), options);
        try {
            loaded.outputNames = List.copyOf(outputs.apply(List.copyOf(loaded.shapes.values())));
            return loaded;
        } catch (IllegalArgumentException e) {
            loaded.close();
            throw new ModelPackException(loaded.file, String.valueOf(e.getMessage()), WRONG_NETWORK, e);
        }
    }

    private byte[] prepared(byte[] model, Edit edit, ExecutionProvider provider) {
        try {
            byte[] edited = edit.apply(model);
            // What only the CPU needs: other providers have a fast PReLU and no blocks of channels.
            return provider == ExecutionProvider.CPU ? PReluRewrite.apply(ChannelPadding.apply(edited)) : edited;
        } catch (InvalidProtocolBufferException e) {
            throw new ModelPackException(file, "it is not an ONNX file", "Fetch or export it again", e);
        } catch (IllegalArgumentException e) {
            throw new ModelPackException(file, String.valueOf(e.getMessage()), WRONG_NETWORK, e);
        }
    }

    private static OrtSession.SessionOptions sessionOptions(RuntimeOptions options) throws OrtException {
        OrtSession.SessionOptions ort = new OrtSession.SessionOptions();
        ort.setIntraOpNumThreads(options.threadsPerCall());
        ort.setInterOpNumThreads(1);
        ort.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        // Includes the blocked layout NCHWc, which halves the time of the detector.
        ort.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        ort.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        // A thread that spins while it waits takes the core from the other calls.
        ort.addConfigEntry("session.intra_op.allow_spinning", "0");
        ort.addConfigEntry("session.inter_op.allow_spinning", "0");
        switch (options.provider()) {
            case CPU -> {}
            case COREML -> ort.addCoreML(Map.of());
            case CUDA -> ort.addCUDA();
        }
        return ort;
    }

    private String checkInput() throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (inputs.size() != 1) {
            throw new ModelPackException(file, "it takes " + inputs.keySet() + ", not one image", WRONG_NETWORK);
        }
        NodeInfo node = inputs.values().iterator().next();
        long[] expected = input.shape();
        if (!(node.getInfo() instanceof TensorInfo info)
                || info.type != OnnxJavaType.FLOAT
                || !fits(info.getShape(), expected)) {
            throw new ModelPackException(
                    file,
                    "it takes %s, but %s says %s floats"
                            .formatted(node.getInfo(), ModelPack.MANIFEST, Arrays.toString(expected)),
                    WRONG_NETWORK);
        }
        return node.getName();
    }

    /** A size that the network leaves open is −1 in its metadata. */
    private static boolean fits(long[] declared, long[] expected) {
        if (declared.length != expected.length) {
            return false;
        }
        for (int i = 0; i < declared.length; i++) {
            if (declared[i] != -1 && declared[i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** The shapes of the outputs, from running it once: metadata may leave sizes open. */
    private Map<String, OutputShape> tryOut() throws OrtException {
        Map<String, OutputShape> found = new LinkedHashMap<>();
        try (OnnxTensor black = OnnxTensor.createTensor(environment, floats(input.elements()), input.shape());
                OrtSession.Result result = session.run(Map.of(inputName, black))) {
            for (Map.Entry<String, OnnxValue> output : result) {
                if (output.getValue() instanceof OnnxTensor tensor && tensor.getInfo().type == OnnxJavaType.FLOAT) {
                    found.put(
                            output.getKey(),
                            new OutputShape(
                                    output.getKey(),
                                    Arrays.stream(tensor.getInfo().getShape())
                                            .mapToInt(Math::toIntExact)
                                            .boxed()
                                            .toList()));
                }
            }
        }
        return found;
    }

    /**
     * Runs the network once.
     *
     * @param fill writes the input tensor
     * @param read takes the outputs in the order chosen at loading; they are valid only until it returns
     * @throws IllegalStateException when the session is closed or the runtime fails
     */
    <R> R run(Consumer<FloatBuffer> fill, Function<List<FloatBuffer>, R> read) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(file + " is closed");
            }
            Workspace workspace = borrow();
            try {
                fill.accept(workspace.inputBuffer);
                session.run(workspace.inputs, workspace.outputs).close();
                return read.apply(workspace.outputBuffers);
            } finally {
                giveBack(workspace);
            }
        } catch (OrtException e) {
            throw new IllegalStateException(file + " failed to run", e);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    /** Runs the network {@code times} times without filling its input or reading its outputs. */
    void runBare(int times) {
        for (int i = 0; i < times; i++) {
            run(tensor -> {}, outputs -> outputs);
        }
    }

    private Workspace borrow() throws OrtException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new Workspace();
    }

    private void giveBack(Workspace workspace) {
        workspace.wipe();
        synchronized (idle) {
            if (idle.size() < KEPT_WORKSPACES) {
                idle.push(workspace);
                return;
            }
        }
        workspace.close();
    }

    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                idle.forEach(Workspace::close);
                closeSession();
            }
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    private void closeSession() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(file + " could not be closed", e);
        }
    }

    private static FloatBuffer floats(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The tensors of one call. */
    private final class Workspace implements AutoCloseable {
        private final FloatBuffer inputBuffer = floats(input.elements());
        private final List<FloatBuffer> outputBuffers = new ArrayList<>();
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

        Workspace() throws OrtException {
            inputs = Map.of(inputName, OnnxTensor.createTensor(environment, inputBuffer, input.shape()));
            for (String name : outputNames) {
                OutputShape shape = Objects.requireNonNull(shapes.get(name));
                FloatBuffer buffer = floats(shape.elements());
                outputBuffers.add(buffer);
                outputs.put(name, OnnxTensor.createTensor(environment, buffer, shape.toArray()));
            }
        }

        void wipe() {
            MemorySegment.ofBuffer(inputBuffer).fill((byte) 0);
            for (FloatBuffer buffer : outputBuffers) {
                MemorySegment.ofBuffer(buffer).fill((byte) 0);
            }
        }

        @Override
        public void close() {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }
}
