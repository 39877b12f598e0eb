package org.vultus.server.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PdfPagesTest {
    private static final Instant AT = Instant.parse("2026-03-02T12:00:00Z");

    private static PdfPages pages() {
        return new PdfPages("Título", Locale.of("pt", "BR"), false, "rodapé", AT);
    }

    @Test
    void aLongTableGoesOnWithItsHeadOnEveryPage() throws IOException {
        byte[] pdf;
        try (PdfPages pages = pages()) {
            pages.heading("Ação");
            pages.table(
                    List.of(new PdfPages.Column("Coluna", 1), new PdfPages.Column("Outra", 3)),
                    IntStream.range(0, 200)
                            .mapToObj(i -> List.of("linha " + i, "x".repeat(i) + " fim"))
                            .toList());
            pdf = pages.finish(Optional.empty(), AT);
        }
        try (PDDocument document = Loader.loadPDF(pdf)) {
            int count = document.getNumberOfPages();
            assertThat(count).isGreaterThan(2);
            for (int page = 1; page <= count; page++) {
                PDFTextStripper reader = new PDFTextStripper();
                reader.setStartPage(page);
                reader.setEndPage(page);
                assertThat(reader.getText(document)).contains("Coluna", "rodapé · " + page);
            }
            assertThat(new PDFTextStripper().getText(document)).contains("Ação", "linha 0", "linha 199");
            for (COSName name : document.getPage(0).getResources().getFontNames()) {
                PDFont font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).isTrue();
            }
            assertThat(document.getDocumentCatalog().getViewerPreferences().displayDocTitle())
                    .isTrue();
        }
    }

    @Test
    void whatTheFontLacksIsAQuestionMark() throws IOException {
        try (PdfPages pages = pages()) {
            pages.line("Zoë 山 😀 \u0007 fim");
            try (PDDocument document = Loader.loadPDF(pages.finish(Optional.empty(), AT))) {
                assertThat(new PDFTextStripper().getText(document))
                        .contains("Zoë ? ?")
                        .contains("fim");
            }
        }
    }

    @Test
    void nothingIsAPageToo() throws IOException {
        try (PdfPages pages = pages();
                PDDocument document = Loader.loadPDF(pages.finish(Optional.empty(), AT))) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
        }
    }
}
