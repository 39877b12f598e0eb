package org.vultus.onnx;

import java.util.List;
import java.util.function.Predicate;

/** Finds an output by what it must be, because exporters name outputs as they like. */
final class Select {

    private Select() {}

    /** @throws IllegalArgumentException unless exactly one output is {@code wanted} */
    static OutputShape only(List<OutputShape> outputs, Predicate<OutputShape> wanted, String description) {
        List<OutputShape> found = outputs.stream().filter(wanted).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("it should give %s once, but gives %s".formatted(description, outputs));
        }
        return found.getFirst();
    }
}
