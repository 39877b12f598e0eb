package org.vultus.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators and weights of a network, to be edited. Works on the wire format of ONNX (onnx.proto3, IR version 3 and later), and
 * the numbers below are that file's field numbers: what is not touched passes through as it is. For one thread.
 */
final class OnnxGraph {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_NAME = 1;
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

    private final UnknownFieldSet model;
    private final UnknownFieldSet graph;
    private final List<ByteString> outputs;
    private final Map<String, ByteString> initializers = new LinkedHashMap<>();
    private List<Node> nodes = new ArrayList<>();

    private OnnxGraph(UnknownFieldSet model, UnknownFieldSet graph) throws InvalidProtocolBufferException {
        this.model = model;
        this.graph = graph;
        this.outputs = new ArrayList<>(graph.getField(GRAPH_OUTPUT).getLengthDelimitedList());
        for (ByteString bytes : graph.getField(GRAPH_INITIALIZER).getLengthDelimitedList()) {
            initializers.put(
                    texts(UnknownFieldSet.parseFrom(bytes), TENSOR_NAME).getFirst(), bytes);
        }
        for (ByteString bytes : graph.getField(GRAPH_NODE).getLengthDelimitedList()) {
            nodes.add(new Node(UnknownFieldSet.parseFrom(bytes)));
        }
    }

    /** @throws InvalidProtocolBufferException when the bytes are not an ONNX file */
    static OnnxGraph read(byte[] onnx) throws InvalidProtocolBufferException {
        UnknownFieldSet model = UnknownFieldSet.parseFrom(onnx);
        List<ByteString> graphs = model.getField(MODEL_GRAPH).getLengthDelimitedList();
        if (graphs.size() != 1) {
            throw new InvalidProtocolBufferException("not an ONNX file: " + graphs.size() + " graphs");
        }
        return new OnnxGraph(model, UnknownFieldSet.parseFrom(graphs.getFirst()));
    }

    /** An operator with its inputs and outputs by name. */
    record Node(UnknownFieldSet message) {
        static Node of(String type, List<String> inputs, String output) {
            return new Node(UnknownFieldSet.newBuilder()
                    .mergeField(NODE_INPUT, strings(inputs))
                    .mergeField(NODE_OUTPUT, strings(List.of(output)))
                    .mergeField(NODE_OP_TYPE, strings(List.of(type)))
                    .build());
        }

        boolean is(String type) {
            return texts(message, NODE_OP_TYPE).equals(List.of(type));
        }

        List<String> inputs() {
            return texts(message, NODE_INPUT);
        }

        /** Empty when there are not that many. */
        String input(int index) {
            List<String> inputs = inputs();
            return index < inputs.size() ? inputs.get(index) : "";
        }

        List<String> outputs() {
            return texts(message, NODE_OUTPUT);
        }

        String output() {
            return outputs().getFirst();
        }

        Node withInputs(List<String> inputs) {
            return new Node(message.toBuilder()
                    .clearField(NODE_INPUT)
                    .mergeField(NODE_INPUT, strings(inputs))
                    .build());
        }

        /** In how many groups of channels a convolution works. */
        long group() throws InvalidProtocolBufferException {
            for (ByteString bytes : message.getField(NODE_ATTRIBUTE).getLengthDelimitedList()) {
                UnknownFieldSet attribute = UnknownFieldSet.parseFrom(bytes);
                if (texts(attribute, ATTRIBUTE_NAME).equals(List.of("group"))) {
                    return attribute.getField(ATTRIBUTE_INT).getVarintList().getFirst();
                }
            }
            return 1;
        }

        Node withGroup(long group) throws InvalidProtocolBufferException {
            UnknownFieldSet.Field.Builder attributes = UnknownFieldSet.Field.newBuilder();
            for (ByteString bytes : message.getField(NODE_ATTRIBUTE).getLengthDelimitedList()) {
                if (!texts(UnknownFieldSet.parseFrom(bytes), ATTRIBUTE_NAME).equals(List.of("group"))) {
                    attributes.addLengthDelimited(bytes);
                }
            }
            attributes.addLengthDelimited(UnknownFieldSet.newBuilder()
                    .mergeField(ATTRIBUTE_NAME, strings(List.of("group")))
                    .mergeField(ATTRIBUTE_INT, varint(group))
                    .mergeField(ATTRIBUTE_TYPE, varint(TYPE_INT))
                    .build()
                    .toByteString());
            return new Node(message.toBuilder()
                    .clearField(NODE_ATTRIBUTE)
                    .mergeField(NODE_ATTRIBUTE, attributes.build())
                    .build());
        }
    }

    /** Constant numbers, the last of {@code dims} running fastest. */
    record Weights(List<Long> dims, float[] values) {}

    /** In an order in which each comes after those whose outputs it takes; to be changed in place. */
    List<Node> nodes() {
        return nodes;
    }

    void replaceNodes(List<Node> by) {
        nodes = new ArrayList<>(by);
    }

    /** What the network gives, in order. */
    List<String> outputs() throws InvalidProtocolBufferException {
        List<String> names = new ArrayList<>();
        for (ByteString output : outputs) {
            names.addAll(texts(UnknownFieldSet.parseFrom(output), VALUE_NAME));
        }
        return names;
    }

    void clearOutputs() {
        outputs.clear();
    }

    /** Makes an inner value an output, after those that there are. */
    void addOutput(String name) {
        outputs.add(UnknownFieldSet.newBuilder()
                .mergeField(VALUE_NAME, strings(List.of(name)))
                .build()
                .toByteString());
    }

    /** Empty when there are none of that name, or they are not floats. */
    Optional<Weights> weights(String name) throws InvalidProtocolBufferException {
        ByteString bytes = initializers.get(name);
        if (bytes == null) {
            return Optional.empty();
        }
        UnknownFieldSet tensor = UnknownFieldSet.parseFrom(bytes);
        return tensor.getField(TENSOR_DATA_TYPE).getVarintList().equals(List.of((long) DATA_TYPE_FLOAT))
                ? Optional.of(new Weights(dims(tensor), floats(tensor)))
                : Optional.empty();
    }

    void put(String name, Weights weights) {
        ByteBuffer raw =
                ByteBuffer.allocate(weights.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(weights.values());
        UnknownFieldSet.Field.Builder dims = UnknownFieldSet.Field.newBuilder();
        weights.dims().forEach(dims::addVarint);
        initializers.put(
                name,
                UnknownFieldSet.newBuilder()
                        .mergeField(TENSOR_DIMS, dims.build())
                        .mergeField(TENSOR_DATA_TYPE, varint(DATA_TYPE_FLOAT))
                        .mergeField(TENSOR_NAME, strings(List.of(name)))
                        .mergeField(TENSOR_RAW, delimited(List.of(ByteString.copyFrom(raw.array()))))
                        .build()
                        .toByteString());
    }

    byte[] toBytes() {
        UnknownFieldSet edited = graph.toBuilder()
                .clearField(GRAPH_NODE)
                .clearField(GRAPH_INITIALIZER)
                .clearField(GRAPH_OUTPUT)
                .mergeField(
                        GRAPH_NODE,
                        delimited(nodes.stream()
                                .map(node -> node.message().toByteString())
                                .toList()))
                .mergeField(GRAPH_INITIALIZER, delimited(initializers.values()))
                .mergeField(GRAPH_OUTPUT, delimited(outputs))
                .build();
        return model.toBuilder()
                .clearField(MODEL_GRAPH)
                .mergeField(MODEL_GRAPH, delimited(List.of(edited.toByteString())))
                .build()
                .toByteArray();
    }

    private static float[] floats(UnknownFieldSet tensor) {
        List<ByteString> raw = tensor.getField(TENSOR_RAW).getLengthDelimitedList();
        List<ByteString> bytes = raw.isEmpty() ? tensor.getField(TENSOR_FLOATS).getLengthDelimitedList() : raw;
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

    private static List<String> texts(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
    }

    private static UnknownFieldSet.Field strings(List<String> texts) {
        return delimited(texts.stream().map(ByteString::copyFromUtf8).toList());
    }

    private static UnknownFieldSet.Field delimited(Iterable<ByteString> values) {
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        values.forEach(field::addLengthDelimited);
        return field.build();
    }

    private static UnknownFieldSet.Field varint(long value) {
        return UnknownFieldSet.Field.newBuilder().addVarint(value).build();
    }
}
