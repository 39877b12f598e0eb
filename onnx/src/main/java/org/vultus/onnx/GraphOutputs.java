package org.vultus.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes inner values of a network its outputs, so that what it sees on the way to its answer can be read. Nodes that no wanted
 * output needs are taken out. The values themselves stay what they are.
 */
final class GraphOutputs {
    private GraphOutputs() {}

    /**
     * The network with {@code inner} values as outputs after its own.
     *
     * @throws InvalidProtocolBufferException when the bytes are not an ONNX file
     * @throws IllegalArgumentException when the network has no such value
     */
    static byte[] append(byte[] onnx, List<String> inner) throws InvalidProtocolBufferException {
        return edit(OnnxGraph.read(onnx), inner);
    }

    /** The same with {@code inner} values as the only outputs: what comes after them is neither kept nor run. */
    static byte[] only(byte[] onnx, List<String> inner) throws InvalidProtocolBufferException {
        OnnxGraph graph = OnnxGraph.read(onnx);
        graph.clearOutputs();
        return edit(graph, inner);
    }

    private static byte[] edit(OnnxGraph graph, List<String> inner) throws InvalidProtocolBufferException {
        inner.forEach(graph::addOutput);
        graph.replaceNodes(List.copyOf(needed(graph.nodes(), new HashSet<>(graph.outputs()))));
        return graph.toBytes();
    }

    /** The nodes that lead to {@code wanted}; ONNX demands that a node comes after those whose outputs it takes. */
    private static Deque<OnnxGraph.Node> needed(List<OnnxGraph.Node> nodes, Set<String> wanted) {
        Set<String> open = new HashSet<>(wanted);
        Deque<OnnxGraph.Node> kept = new ArrayDeque<>();
        for (OnnxGraph.Node node : nodes.reversed()) {
            List<String> made = node.outputs();
            if (made.stream().anyMatch(open::contains)) {
                made.forEach(open::remove);
                wanted.removeAll(made);
                open.addAll(node.inputs());
                kept.addFirst(node);
            }
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException("it has no values " + wanted);
        }
        return kept;
    }
}
