package org.vultus.server.payroll;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.jspecify.annotations.Nullable;

/**
 * A document of lines and tables from top to bottom, with its title and language, a footer on each page, and a font that is embedded
 * (Liberation Sans, which comes with PDFBox). It is not tagged: a reading program reads the text in the order it is written. For one
 * thread.
 */
final class PdfPages implements AutoCloseable {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float MARGIN = 40;
    private static final float FOOTER = 24;

    private final PDDocument document = new PDDocument();
    private final PDFont font;
    private final PDRectangle size;
    private final String footer;
    private final List<PDPage> pages = new ArrayList<>();
    private @Nullable PDPageContentStream content;
    private float y;

    /**
     * @param language of the text
     * @param footer stands on every page, with its number
     */
    PdfPages(String title, Locale language, boolean wide, String footer, Instant made) {
        this.size = wide ? new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth()) : PDRectangle.A4;
        this.footer = footer;
        try (InputStream in = Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT))) {
            font = PDType0Font.load(document, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PDDocumentInformation information = document.getDocumentInformation();
        information.setTitle(title);
        information.setProducer("Vultus");
        information.setCreationDate(GregorianCalendar.from(made.atZone(ZoneOffset.UTC)));
        document.getDocumentCatalog().setLanguage(language.toLanguageTag());
        PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        document.getDocumentCatalog().setViewerPreferences(preferences);
    }

    /** A column of a table and the share of the width that it takes. */
    record Column(String name, float share) {}

    void heading(String text) {
        paragraph(text, 14);
        y -= 4;
    }

    void line(String text) {
        paragraph(text, 9);
    }

    void gap() {
        y -= 8;
    }

    /** Begins on another page, unless this one is empty. */
    void newPage() {
        finishPage();
    }

    private void paragraph(String text, float points) {
        for (String line : wrap(text, points, width())) {
            need(points * 1.35f);
            y -= points * 1.35f;
            write(line, MARGIN, y, points);
        }
    }

    /** The head is repeated on every page; what does not fit its column goes on in the next line of the cell. */
    void table(List<Column> columns, List<List<String>> rows) {
        float all = 0;
        for (Column column : columns) {
            all += column.share();
        }
        List<Float> widths = new ArrayList<>();
        for (Column column : columns) {
            widths.add(width() * column.share() / all);
        }
        List<String> head = columns.stream().map(Column::name).toList();
        row(head, widths, head, true);
        rows.forEach(row -> row(row, widths, head, false));
    }

    private void row(List<String> cells, List<Float> widths, List<String> head, boolean isHead) {
        float points = 7;
        float step = points * 1.3f;
        List<List<String>> wrapped = new ArrayList<>();
        int lines = 1;
        for (int i = 0; i < cells.size(); i++) {
            List<String> cell = wrap(cells.get(i), points, widths.get(i) - 4);
            wrapped.add(cell);
            lines = Math.max(lines, cell.size());
        }
        if (need(step * lines + 4) && !isHead) {
            row(head, widths, head, true);
        }
        float x = MARGIN;
        for (int i = 0; i < wrapped.size(); i++) {
            for (int line = 0; line < wrapped.get(i).size(); line++) {
                write(wrapped.get(i).get(line), x, y - step * (line + 1), points);
            }
            x += widths.get(i);
        }
        y -= step * lines + 3;
        rule(isHead ? 0.8f : 0.2f);
    }

    private float width() {
        return size.getWidth() - 2 * MARGIN;
    }

    /** Makes room. @return whether that was on a new page */
    private boolean need(float height) {
        if (content != null && y - height >= MARGIN + FOOTER) {
            return false;
        }
        boolean begun = content != null;
        finishPage();
        PDPage page = new PDPage(size);
        document.addPage(page);
        pages.add(page);
        try {
            content = new PDPageContentStream(document, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        y = size.getHeight() - MARGIN;
        return begun;
    }

    private void finishPage() {
        if (content == null) {
            return;
        }
        write("%s · %d".formatted(footer, pages.size()), MARGIN, MARGIN, 7);
        try {
            content.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        content = null;
    }

    private void write(String text, float x, float at, float points) {
        PDPageContentStream to = Objects.requireNonNull(content);
        try {
            to.beginText();
            to.setFont(font, points);
            to.newLineAtOffset(x, at);
            to.showText(text);
            to.endText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rule(float thickness) {
        PDPageContentStream to = Objects.requireNonNull(content);
        try {
            to.setLineWidth(thickness);
            to.moveTo(MARGIN, y);
            to.lineTo(MARGIN + width(), y);
            to.stroke();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> wrap(String text, float points, float room) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : known(text).split(" ")) {
            String rest = word;
            while (length(rest, points) > room) {
                int cut = rest.length() - 1;
                while (cut > 1 && length(rest.substring(0, cut), points) > room) {
                    cut--;
                }
                flush(lines, line);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            String longer = line.isEmpty() ? rest : line + " " + rest;
            if (!line.isEmpty() && length(longer, points) > room) {
                flush(lines, line);
                longer = rest;
            }
            line.setLength(0);
            line.append(longer);
        }
        lines.add(line.toString());
        return lines;
    }

    private static void flush(List<String> lines, StringBuilder line) {
        if (!line.isEmpty()) {
            lines.add(line.toString());
            line.setLength(0);
        }
    }

    private float length(String text, float points) {
        try {
            return font.getStringWidth(text) / 1000 * points;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the font does not have is a question mark. */
    private String known(String text) {
        StringBuilder known = new StringBuilder();
        text.codePoints().forEach(point -> {
            String one = Character.isISOControl(point) ? " " : Character.toString(point);
            try {
                font.encode(one);
                known.append(one);
            } catch (IOException | IllegalArgumentException e) {
                known.append('?');
            }
        });
        return known.toString();
    }

    /**
     * The document, whole.
     *
     * @param signer signs it (PAdES-B-B) where there is one
     */
    byte[] finish(Optional<FileSigner> signer, Instant at) {
        if (pages.isEmpty()) {
            need(1);
        }
        finishPage();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return signer.isEmpty() ? bytes.toByteArray() : sign(bytes.toByteArray(), signer.get(), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sign(byte[] plain, FileSigner signer, Instant at) throws IOException {
        try (PDDocument document = Loader.loadPDF(plain)) {
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(COSName.getPDFName("ETSI.CAdES.detached"));
            signature.setName(signer.holder());
            signature.setSignDate(GregorianCalendar.from(at.atZone(ZoneOffset.UTC)));
            document.addSignature(signature, content -> signer.sign(content.readAllBytes(), false));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.saveIncremental(bytes);
            return bytes.toByteArray();
        }
    }

    @Override
    public void close() {
        try {
            document.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
