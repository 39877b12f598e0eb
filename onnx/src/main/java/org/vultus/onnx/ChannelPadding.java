package org.vultus.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the convolutions that work on each channel by itself channels of zeros, up to the next multiple of {@value #BLOCK}: 103
 * become 112. ONNX Runtime keeps such a convolution in its fast blocked layout (NCHWc, blocks of 8 or {@value #BLOCK} channels) only
 * where no block is left in part, and otherwise reorders the values before and after it and computes it plainly, which took half of
 * the default liveness network's time. The values that the network gives stay what they are, to rounding.
 *
 * <p>Found and widened is the inverted bottleneck of MobileNetV2 (Sandler et al., 2018): a convolution over all channels, an
 * activation or none, a convolution of each channel by itself, an activation or none, and a convolution over all channels.
 */
final class ChannelPadding {
    static final int BLOCK = 16;

    private final OnnxGraph graph;
    private final Map<String, Integer> maker = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();

    private ChannelPadding(OnnxGraph graph) throws InvalidProtocolBufferException {
        this.graph = graph;
        for (int i = 0; i < graph.nodes().size(); i++) {
            OnnxGraph.Node node = graph.nodes().get(i);
            for (String output : node.outputs()) {
                maker.put(output, i);
            }
            node.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
        // Whoever reads an output wants the channels that it has.
        graph.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
    }

    /** @throws InvalidProtocolBufferException when the bytes are not an ONNX file */
    static byte[] apply(byte[] onnx) throws InvalidProtocolBufferException {
        OnnxGraph graph = OnnxGraph.read(onnx);
        ChannelPadding padding = new ChannelPadding(graph);
        for (int i = 0; i < graph.nodes().size(); i++) {
            padding.widenBefore(i);
        }
        return graph.toBytes();
    }

    /** Widens what leads to a convolution over all channels, if that is a bottleneck whose channels fill no whole blocks. */
    private void widenBefore(int last) throws InvalidProtocolBufferException {
        Optional<Activated> before = isDense(last) ? activated(last) : Optional.empty();
        if (before.isEmpty()) {
            return;
        }
        int each = before.get().convolution();
        OnnxGraph.Node middle = graph.nodes().get(each);
        if (!hasConstants(middle)) {
            return;
        }
        long channels = graph.weights(middle.input(1)).orElseThrow().dims().getFirst();
        boolean alone = channels > 1 && middle.group() == channels;
        Optional<Activated> first = alone && channels % BLOCK != 0 ? activated(each) : Optional.empty();
        if (first.isEmpty() || !isDense(first.get().convolution())) {
            return;
        }
        int wide = Math.toIntExact((channels + BLOCK - 1) / BLOCK * BLOCK);
        for (int i : List.of(first.get().convolution(), each)) {
            OnnxGraph.Node convolution = graph.nodes().get(i);
            for (int input = 1; input < convolution.inputs().size(); input++) {
                widen(i, input, 0, wide);
            }
        }
        for (Activated activated : List.of(first.get(), before.get())) {
            if (activated.slopes().isPresent()) {
                widen(activated.slopes().get(), 1, 0, wide);
            }
        }
        widen(last, 1, 1, wide);
        graph.nodes().set(each, graph.nodes().get(each).withGroup(wide));
    }

    /** A convolution whose output goes, by way of an activation or straight, to one place alone. */
    private record Activated(int convolution, Optional<Integer> slopes) {}

    private Optional<Activated> activated(int taker) throws InvalidProtocolBufferException {
        Optional<Integer> source = onlyMaker(taker);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        OnnxGraph.Node node = graph.nodes().get(source.get());
        boolean prelu = node.is("PRelu");
        if (prelu && !hasSlopesOfChannels(node)) {
            return Optional.empty();
        }
        Optional<Integer> convolution = prelu || node.is("Relu") ? onlyMaker(source.get()) : source;
        return convolution
                .filter(i -> graph.nodes().get(i).is("Conv"))
                .map(i -> new Activated(i, prelu ? source : Optional.empty()));
    }

    /** What makes the first input of a node, if nothing else takes it. */
    private Optional<Integer> onlyMaker(int node) {
        String value = graph.nodes().get(node).input(0);
        return Optional.ofNullable(maker.get(value)).filter(made -> uses.getOrDefault(value, 0) == 1);
    }

    private boolean hasSlopesOfChannels(OnnxGraph.Node prelu) throws InvalidProtocolBufferException {
        return graph.weights(prelu.input(1))
                .filter(slopes -> slopes.dims().equals(List.of((long) slopes.values().length, 1L, 1L)))
                .isPresent();
    }

    /** A convolution over all channels, all of whose weights are constants. */
    private boolean isDense(int index) throws InvalidProtocolBufferException {
        OnnxGraph.Node node = graph.nodes().get(index);
        return node.is("Conv") && node.group() == 1 && hasConstants(node);
    }

    private boolean hasConstants(OnnxGraph.Node convolution) throws InvalidProtocolBufferException {
        for (String weights :
                convolution.inputs().subList(1, convolution.inputs().size())) {
            if (graph.weights(weights).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Zeros after the weights of an input, along one axis. Other nodes that take the same weights keep theirs. */
    private void widen(int index, int input, int axis, int size) throws InvalidProtocolBufferException {
        OnnxGraph.Node node = graph.nodes().get(index);
        OnnxGraph.Weights narrow = graph.weights(node.input(input)).orElseThrow();
        int inner = 1;
        for (long dim : narrow.dims().subList(axis + 1, narrow.dims().size())) {
            inner *= Math.toIntExact(dim);
        }
        int from = Math.toIntExact(narrow.dims().get(axis)) * inner;
        int to = size * inner;
        float[] values = new float[narrow.values().length / from * to];
        for (int at = 0, into = 0; at < narrow.values().length; at += from, into += to) {
            System.arraycopy(narrow.values(), at, values, into, from);
        }
        List<Long> dims = new ArrayList<>(narrow.dims());
        dims.set(axis, (long) size);
        String name = node.output() + "/padded" + input;
        graph.put(name, new OnnxGraph.Weights(dims, values));
        List<String> inputs = new ArrayList<>(node.inputs());
        inputs.set(input, name);
        graph.nodes().set(index, node.withInputs(inputs));
    }
}
