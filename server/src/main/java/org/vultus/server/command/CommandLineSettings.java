package org.vultus.server.command;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vultus.server.config.VultusProperties;
import org.vultus.server.payroll.PayrollProperties;

/** The settings of Vultus among the arguments of a command. One that is misspelt would have no effect, and nobody would be told. */
final class CommandLineSettings {
    private static final String OPTION = "--vultus.";

    private CommandLineSettings() {}

    /** The names of those that there are not, in order and without their values, which may be secret. */
    static List<String> unknown(String... arguments) {
        Set<String> known = new HashSet<>();
        collect("vultus", VultusProperties.class, known);
        collect("vultus.payroll", PayrollProperties.class, known);
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(OPTION))
                .map(argument -> argument.substring(2).split("=", 2)[0])
                .filter(name -> !known.contains(plain(name)))
                .toList();
    }

    private static void collect(String prefix, Class<?> group, Set<String> known) {
        for (RecordComponent component : group.getRecordComponents()) {
            String name = prefix + '.' + component.getName();
            if (component.getType().isRecord()) {
                collect(name, component.getType(), known);
            } else {
                known.add(plain(name));
            }
        }
    }

    /** As Spring compares names: with hyphens, in capitals or as an element of a list it is the same setting. */
    private static String plain(String name) {
        return name.replaceAll("\\[\\d+]|[-_]", "").toLowerCase(Locale.ROOT);
    }
}
