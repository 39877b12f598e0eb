package org.vultus.server.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void linesAreCountedAsAnEditorDoes() {
        assertThat(Csv.read("\uFEFFa,b\r\n\r\n\"1\n2\" , x \n,,\n\"say \"\"no\"\"\",\n"))
                .containsExactly(
                        new Csv.Row(1, List.of("a", "b")),
                        new Csv.Row(3, List.of("1\n2", "x")),
                        new Csv.Row(6, List.of("say \"no\"", "")));
    }

    /** As a spreadsheet saves it where the comma is of decimals. */
    @Test
    void semicolonsSeparateWhereTheyStandFirst() {
        assertThat(Csv.read("\"a,b\";c\n1,5;2\n"))
                .extracting(Csv.Row::fields)
                .containsExactly(List.of("a,b", "c"), List.of("1,5", "2"));
        assertThat(Csv.read("\"a;b\",c\n1;5,2\n"))
                .extracting(Csv.Row::fields)
                .containsExactly(List.of("a;b", "c"), List.of("1;5", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n\"b", "a\n\"b\"c\n"})
    void aQuoteOutOfPlaceIsNamed(String text) {
        assertThatThrownBy(() -> Csv.read(text)).hasMessageStartingWith("line 2: a quote is ");
    }

    @Property(tries = 300, seed = "20261121")
    void whatIsQuotedComesBack(@ForAll("tables") List<List<String>> table) {
        String text = table.stream()
                .map(row -> row.stream()
                        .map(field -> '"' + field.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n"));
        List<List<String>> expected = new ArrayList<>(table);
        expected.removeIf(row -> row.stream().allMatch(String::isEmpty));
        assertThat(Csv.read(text)).extracting(Csv.Row::fields).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        return Arbitraries.strings()
                .withChars("ab,;\"\r\n é")
                .ofMaxLength(6)
                .map(String::strip)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .list()
                .ofMaxSize(5);
    }
}
