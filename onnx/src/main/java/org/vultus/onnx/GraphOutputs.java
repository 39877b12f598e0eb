package org.vultus.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes inner values of a network its outputs, so that what it sees on the way to its answer can be read. Nodes that no wanted
 * output needs are taken out. The values themselves stay what they are.
 *
 * <p>Works on the wire format of ONNX (onnx.proto3, IR version 3 and later); the numbers below are that file's field numbers.
 */
final class GraphOutputs {
    private static final int MODEL_GRAPH = 7;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_OUTPUT = 12;
    private static final int VALUE_NAME = 1;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OUTPUT = 2;

    private GraphOutputs() {}

    /**
     * The network with {@code inner} values as outputs after its own.
     *
     * @throws InvalidProtocolBufferException when the bytes are not an ONNX file
     * @throws IllegalArgumentException when the network has no such value
     */
    static byte[] append(byte[] onnx, List<String> inner) throws InvalidProtocolBufferException {
        return edit(onnx, inner, true);
    }

    /** The same with {@code inner} values as the only outputs: what comes after them is neither kept nor run. */
    static byte[] only(byte[] onnx, List<String> inner) throws InvalidProtocolBufferException {
        return edit(onnx, inner, false);
    }

    private static byte[] edit(byte[] onnx, List<String> inner, boolean keep) throws InvalidProtocolBufferException {
        UnknownFieldSet model = UnknownFieldSet.parseFrom(onnx);
        List<ByteString> graphs = model.getField(MODEL_GRAPH).getLengthDelimitedList();
        if (graphs.size() != 1) {
            throw new InvalidProtocolBufferException("not an ONNX file: " + graphs.size() + " graphs");
        }
        UnknownFieldSet graph = UnknownFieldSet.parseFrom(graphs.getFirst());
        List<ByteString> outputs = new ArrayList<>();
        if (keep) {
            outputs.addAll(graph.getField(GRAPH_OUTPUT).getLengthDelimitedList());
        }
        inner.forEach(name -> outputs.add(UnknownFieldSet.newBuilder()
                .mergeField(VALUE_NAME, delimited(List.of(ByteString.copyFromUtf8(name))))
                .build()
                .toByteString()));
        Set<String> wanted = new HashSet<>();
        for (ByteString output : outputs) {
            wanted.addAll(names(UnknownFieldSet.parseFrom(output), VALUE_NAME));
        }
        UnknownFieldSet edited = graph.toBuilder()
                .clearField(GRAPH_NODE)
                .clearField(GRAPH_OUTPUT)
                .mergeField(
                        GRAPH_NODE, delimited(needed(graph.getField(GRAPH_NODE).getLengthDelimitedList(), wanted)))
                .mergeField(GRAPH_OUTPUT, delimited(outputs))
                .build();
        return model.toBuilder()
                .clearField(MODEL_GRAPH)
                .mergeField(MODEL_GRAPH, delimited(List.of(edited.toByteString())))
                .build()
                .toByteArray();
    }

    /** The nodes that lead to {@code wanted}; ONNX demands that a node comes after those whose outputs it takes. */
    private static Deque<ByteString> needed(List<ByteString> nodes, Set<String> wanted)
            throws InvalidProtocolBufferException {
        Set<String> open = new HashSet<>(wanted);
        Deque<ByteString> kept = new ArrayDeque<>();
        for (ByteString bytes : nodes.reversed()) {
            UnknownFieldSet node = UnknownFieldSet.parseFrom(bytes);
            List<String> made = names(node, NODE_OUTPUT);
            if (made.stream().anyMatch(open::contains)) {
                made.forEach(open::remove);
                wanted.removeAll(made);
                open.addAll(names(node, NODE_INPUT));
                kept.addFirst(bytes);
            }
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException("it has no values " + wanted);
        }
        return kept;
    }

    private static List<String> names(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
    }

    private static UnknownFieldSet.Field delimited(Iterable<ByteString> values) {
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        values.forEach(field::addLengthDelimited);
        return field.build();
    }
}
