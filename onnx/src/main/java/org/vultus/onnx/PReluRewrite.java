package org.vultus.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes each PReLU of a network as operators that ONNX Runtime runs fast: {@code a·x + (1 − a)·relu(x)}, which is
 * {@code x} where x is positive and {@code a·x} elsewhere. The two products are 1×1 convolutions with a group for each
 * channel, because those, with Relu and the sum fused into them, stay in the blocked layout of the convolutions around them. ONNX Runtime's own PRelu
 * on the CPU does not: it took half of the default extractor's time, and more the less predictable the signs. The result
 * differs from the original's by rounding only.
 *
 * <p>Works on the wire format of ONNX (onnx.proto3, IR version 3 and later); the numbers below are that file's field numbers.
 */
final class PReluRewrite {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;
    private static final int NODE_OP_TYPE = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int TYPE_INT = 2;
    private static final int TENSOR_DIMS = 1;
    private static final int TENSOR_DATA_TYPE = 2;
    private static final int TENSOR_FLOATS = 4;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;
    private static final int DATA_TYPE_FLOAT = 1;

    private final Map<String, UnknownFieldSet> initializers = new HashMap<>();
    private final Set<String> convolved = new HashSet<>();
    private final UnknownFieldSet.Field.Builder nodes = UnknownFieldSet.Field.newBuilder();
    private final UnknownFieldSet.Field.Builder tensors = UnknownFieldSet.Field.newBuilder();

    private PReluRewrite() {}

    /**
     * The network with its PReLUs rewritten; a PReLU that does not follow a convolution, or whose slopes are not one constant
     * for each channel, stays as it is.
     *
     * @throws InvalidProtocolBufferException when the bytes are not an ONNX file
     */
    static byte[] apply(byte[] onnx) throws InvalidProtocolBufferException {
        UnknownFieldSet model = UnknownFieldSet.parseFrom(onnx);
        List<ByteString> graphs = model.getField(MODEL_GRAPH).getLengthDelimitedList();
        if (graphs.size() != 1) {
            throw new InvalidProtocolBufferException("not an ONNX file: " + graphs.size() + " graphs");
        }
        UnknownFieldSet graph = new PReluRewrite().graph(UnknownFieldSet.parseFrom(graphs.getFirst()));
        return model.toBuilder()
                .clearField(MODEL_GRAPH)
                .mergeField(
                        MODEL_GRAPH,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(graph.toByteString())
                                .build())
                .build()
                .toByteArray();
    }

    private UnknownFieldSet graph(UnknownFieldSet graph) throws InvalidProtocolBufferException {
        for (ByteString bytes : graph.getField(GRAPH_INITIALIZER).getLengthDelimitedList()) {
            UnknownFieldSet tensor = UnknownFieldSet.parseFrom(bytes);
            initializers.put(text(tensor, TENSOR_NAME, 0), tensor);
            tensors.addLengthDelimited(bytes);
        }
        for (ByteString bytes : graph.getField(GRAPH_NODE).getLengthDelimitedList()) {
            UnknownFieldSet node = UnknownFieldSet.parseFrom(bytes);
            String type = text(node, NODE_OP_TYPE, 0);
            if (type.equals("Conv") || (type.equals("BatchNormalization") && convolved.contains(input(node, 0)))) {
                convolved.add(text(node, NODE_OUTPUT, 0));
            }
            Optional<float[]> slopes = type.equals("PRelu") && convolved.contains(input(node, 0))
                    ? slopes(initializers.get(input(node, 1)))
                    : Optional.empty();
            if (slopes.isPresent()) {
                rewrite(input(node, 0), text(node, NODE_OUTPUT, 0), slopes.get());
            } else {
                nodes.addLengthDelimited(bytes);
            }
        }
        return graph.toBuilder()
                .clearField(GRAPH_NODE)
                .clearField(GRAPH_INITIALIZER)
                .mergeField(GRAPH_NODE, nodes.build())
                .mergeField(GRAPH_INITIALIZER, tensors.build())
                .build();
    }

    private void rewrite(String x, String y, float[] slopes) {
        float[] rest = new float[slopes.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = 1 - slopes[i];
        }
        tensors.addLengthDelimited(tensor(y + "/slope", slopes));
        tensors.addLengthDelimited(tensor(y + "/rest", rest));
        nodes.addLengthDelimited(node("Conv", List.of(x, y + "/slope"), y + "/scaled", Optional.of(slopes.length)));
        // Scaling commutes with Relu where no factor is negative, and a Relu after a convolution is fused into it.
        if (steepest(slopes) <= 1) {
            nodes.addLengthDelimited(node("Conv", List.of(x, y + "/rest"), y + "/rise", Optional.of(slopes.length)));
            nodes.addLengthDelimited(node("Relu", List.of(y + "/rise"), y + "/positive", Optional.empty()));
        } else {
            nodes.addLengthDelimited(node("Relu", List.of(x), y + "/relu", Optional.empty()));
            nodes.addLengthDelimited(
                    node("Conv", List.of(y + "/relu", y + "/rest"), y + "/positive", Optional.of(slopes.length)));
        }
        nodes.addLengthDelimited(node("Add", List.of(y + "/scaled", y + "/positive"), y, Optional.empty()));
    }

    private static float steepest(float[] slopes) {
        float steepest = slopes[0];
        for (float slope : slopes) {
            steepest = Math.max(steepest, slope);
        }
        return steepest;
    }

    /** One value for each channel of an N×C×H×W tensor: shape C×1×1 or 1×C×1×1, more than one channel. */
    private static Optional<float[]> slopes(@Nullable UnknownFieldSet tensor) throws InvalidProtocolBufferException {
        if (tensor == null
                || !tensor.getField(TENSOR_DATA_TYPE).getVarintList().equals(List.of((long) DATA_TYPE_FLOAT))) {
            return Optional.empty();
        }
        float[] values = floats(tensor);
        List<Long> shape = dims(tensor);
        long channels = values.length;
        return channels > 1 && (shape.equals(List.of(channels, 1L, 1L)) || shape.equals(List.of(1L, channels, 1L, 1L)))
                ? Optional.of(values)
                : Optional.empty();
    }

    private static float[] floats(UnknownFieldSet tensor) {
        UnknownFieldSet.Field raw = tensor.getField(TENSOR_RAW);
        UnknownFieldSet.Field packed = tensor.getField(TENSOR_FLOATS);
        List<ByteString> bytes =
                raw.getLengthDelimitedList().isEmpty() ? packed.getLengthDelimitedList() : raw.getLengthDelimitedList();
        if (bytes.size() != 1) {
            return new float[0];
        }
        ByteBuffer buffer = bytes.getFirst().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[buffer.remaining() / Float.BYTES];
        buffer.asFloatBuffer().get(values);
        return values;
    }

    /** Written packed or one by one. */
    private static List<Long> dims(UnknownFieldSet tensor) throws InvalidProtocolBufferException {
        UnknownFieldSet.Field field = tensor.getField(TENSOR_DIMS);
        if (field.getLengthDelimitedList().isEmpty()) {
            return field.getVarintList();
        }
        List<Long> dims = new ArrayList<>();
        try {
            CodedInputStream in = field.getLengthDelimitedList().getFirst().newCodedInput();
            while (!in.isAtEnd()) {
                dims.add(in.readInt64());
            }
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return dims;
    }

    private static ByteString tensor(String name, float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return UnknownFieldSet.newBuilder()
                .mergeField(
                        TENSOR_DIMS,
                        UnknownFieldSet.Field.newBuilder()
                                .addVarint(values.length)
                                .addVarint(1)
                                .addVarint(1)
                                .addVarint(1)
                                .build())
                .mergeField(TENSOR_DATA_TYPE, varint(DATA_TYPE_FLOAT))
                .mergeField(TENSOR_NAME, string(name))
                .mergeField(
                        TENSOR_RAW,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(raw.array()))
                                .build())
                .build()
                .toByteString();
    }

    private static ByteString node(String type, List<String> inputs, String output, Optional<Integer> group) {
        UnknownFieldSet.Field.Builder input = UnknownFieldSet.Field.newBuilder();
        inputs.forEach(name -> input.addLengthDelimited(ByteString.copyFromUtf8(name)));
        UnknownFieldSet.Builder node = UnknownFieldSet.newBuilder()
                .mergeField(NODE_INPUT, input.build())
                .mergeField(NODE_OUTPUT, string(output))
                .mergeField(NODE_OP_TYPE, string(type));
        group.ifPresent(count -> node.mergeField(
                NODE_ATTRIBUTE,
                UnknownFieldSet.Field.newBuilder()
                        .addLengthDelimited(UnknownFieldSet.newBuilder()
                                .mergeField(ATTRIBUTE_NAME, string("group"))
                                .mergeField(ATTRIBUTE_INT, varint(count))
                                .mergeField(ATTRIBUTE_TYPE, varint(TYPE_INT))
                                .build()
                                .toByteString())
                        .build()));
        return node.build().toByteString();
    }

    private static UnknownFieldSet.Field string(String text) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build();
    }

    private static UnknownFieldSet.Field varint(long value) {
        return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
    }

    private static String input(UnknownFieldSet node, int index) {
        return text(node, NODE_INPUT, index);
    }

    private static String text(UnknownFieldSet message, int field, int index) {
        List<ByteString> values = message.getField(field).getLengthDelimitedList();
        return index < values.size() ? values.get(index).toStringUtf8() : "";
    }
}
