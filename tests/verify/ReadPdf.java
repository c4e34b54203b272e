import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDObjectReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDTableAttributeObject;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDCheckBox;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDRadioButton;
import org.apache.pdfbox.pdmodel.interactive.form.PDTerminalField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/**
 * Reads PDFs with PDFBox, all in one virtual machine, and writes beside each what it found: FILE.pdfbox, the text with a form
 * feed after each page; FILE.instead, the same in the order of its marked content, with that which is to be read in place of
 * content (ActualText) in its place; and FILE.tree, the structure tree: one element a line, its depth as tabs before it, then
 * its type, then what it says, tab-separated. Content is a line of type {@code #}: page, x and y (pt from the top left) of its
 * first glyph, and its text; what is filled in on a screen is a line of type {@code Widget}. Of such a file FILE.fields too: a widget a line in the order of the tab
 * key, its page, name, kind, value and tooltip; and FILE.filled, the file with every field filled in.
 *
 * <p>Usage: ReadPdf FILE…. Ends with 1 if a file cannot be read.
 */
public class ReadPdf {
  /** Text of one marked-content sequence and where it begins. */
  private record Piece(int page, float x, float y, String text) {}

  public static void main(String[] files) throws IOException {
    boolean failed = false;
    for (String name : files) {
      try (PDDocument pdf = PDDocument.load(new File(name))) {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setPageEnd("\f");
        Files.writeString(new File(name + ".pdfbox").toPath(), stripper.getText(pdf));
        try (Writer out = Files.newBufferedWriter(new File(name + ".tree").toPath(), StandardCharsets.UTF_8)) {
          PDStructureTreeRoot root = pdf.getDocumentCatalog().getStructureTreeRoot();
          ReadPdf reader = new ReadPdf(pdf);
          Files.writeString(new File(name + ".instead").toPath(), reader.instead.toString());
          if (root != null) {
            reader.write(root, 0, new PrintWriter(out));
          }
        }
        PDAcroForm form = pdf.getDocumentCatalog().getAcroForm(null);
        if (form != null) {
          Files.write(new File(name + ".fields").toPath(), fields(pdf, form), StandardCharsets.UTF_8);
          fill(form);
          pdf.save(name + ".filled");
        }
      } catch (IOException | RuntimeException fault) {
        System.err.println(name + ": " + fault);
        failed = true;
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private final PDDocument pdf;
  private final Map<COSDictionary, Integer> pages = new HashMap<>();
  private final List<Map<Integer, Piece>> pieces = new ArrayList<>();
  private final StringBuilder instead = new StringBuilder();

  private ReadPdf(PDDocument pdf) throws IOException {
    this.pdf = pdf;
    for (PDPage page : pdf.getPages()) {
      int number = pieces.size();
      pages.put(page.getCOSObject(), number);
      PDFMarkedContentExtractor extractor = new PDFMarkedContentExtractor();
      extractor.setSuppressDuplicateOverlappingText(false);
      extractor.processPage(page);
      Map<Integer, Piece> found = new LinkedHashMap<>();
      for (PDMarkedContent content : extractor.getMarkedContents()) {
        Piece piece = collect(content, number, found);
        instead.append(piece == null ? "" : piece.text);
      }
      instead.append('\f');
      pieces.add(found);
    }
  }

  /** The text of marked content; what has a number of its own is found under it, the rest belongs to what holds it. */
  private static Piece collect(PDMarkedContent content, int page, Map<Integer, Piece> found) {
    StringBuilder text = new StringBuilder();
    TextPosition first = null;
    Piece inside = null;
    for (Object part : content.getContents()) {
      if (part instanceof TextPosition glyph) {
        first = first == null ? glyph : first;
        text.append(glyph.getUnicode());
      } else if (part instanceof PDMarkedContent inner) {
        Piece piece = collect(inner, page, found);
        if (piece != null && inner.getMCID() < 0) {
          inside = inside == null ? piece : inside;
          text.append(piece.text);
        }
      }
    }
    if (first == null && inside == null) {
      return null;
    }
    String said = content.getActualText() == null ? text.toString() : content.getActualText();
    Piece piece = first == null
        ? new Piece(page, inside.x, inside.y, said)
        : new Piece(page, first.getXDirAdj(), first.getYDirAdj(), said);
    if (content.getMCID() >= 0) {
      found.put(content.getMCID(), piece);
    }
    return piece;
  }

  /** The widgets in the order of the tab key; one that has no field, or is no choice of its field, is told as such. */
  private static List<String> fields(PDDocument pdf, PDAcroForm form) throws IOException {
    Map<COSDictionary, PDTerminalField> owners = new HashMap<>();
    for (PDField field : form.getFieldTree()) {
      if (field instanceof PDTerminalField terminal) {
        terminal.getWidgets().forEach(widget -> owners.put(widget.getCOSObject(), terminal));
      }
    }
    List<String> lines = new ArrayList<>();
    int page = 0;
    for (PDPage sheet : pdf.getPages()) {
      page++;
      for (PDAnnotation annotation : sheet.getAnnotations()) {
        if (annotation instanceof PDAnnotationWidget) {
          PDTerminalField field = owners.get(annotation.getCOSObject());
          String words = annotation.getCOSObject().getString(COSName.TU);
          lines.add(field == null
              ? page + "\t-"
              : String.join("\t", String.valueOf(page), field.getFullyQualifiedName(), kind(field), field.getValueAsString(), oneLine(words)));
        }
      }
    }
    return lines;
  }

  private static String kind(PDTerminalField field) {
    return field instanceof PDTextField text ? (text.isMultiline() ? "lines" : "line")
        : field instanceof PDRadioButton ? "radio" : field instanceof PDCheckBox ? "check" : field.getFieldType();
  }

  /** Fills every field in: text with its own name, of options the last, of boxes every one. */
  private static void fill(PDAcroForm form) throws IOException {
    for (PDField field : form.getFieldTree()) {
      if (field instanceof PDTextField text) {
        text.setValue("ä" + field.getFullyQualifiedName());
      } else if (field instanceof PDCheckBox box) {
        box.check();
      } else if (field instanceof PDRadioButton options) {
        var widgets = options.getWidgets();
        var looks = widgets.get(widgets.size() - 1).getAppearance().getNormalAppearance().getSubDictionary().keySet();
        options.setValue(looks.stream().map(COSName::getName).filter(look -> !look.equals("Off")).findFirst().orElseThrow());
      }
    }
  }

  private void write(PDStructureNode node, int depth, PrintWriter out) {
    COSDictionary page = node instanceof PDStructureElement element && element.getPage() != null
        ? element.getPage().getCOSObject() : null;
    for (Object kid : node.getKids()) {
      if (kid instanceof PDStructureElement element) {
        out.println("\t".repeat(depth) + element.getStandardStructureType() + described(element));
        write(element, depth + 1, out);
      } else if (kid instanceof PDMarkedContentReference reference) {
        content(reference.getPage() == null ? page : reference.getPage().getCOSObject(), reference.getMCID(), depth, out);
      } else if (kid instanceof PDObjectReference reference
          && reference.getReferencedObject() instanceof PDAnnotationWidget widget) {
        var box = widget.getRectangle();
        float top = widget.getPage().getMediaBox().getHeight() - box.getUpperRightY();
        out.printf("%sWidget\twords=%s\tvalue=%s\tpage=%d\tx=%.1f\ty=%.1f%n", "\t".repeat(depth),
            oneLine(widget.getCOSObject().getString(COSName.TU)), oneLine(widget.getCOSObject().getString(COSName.V)),
            pages.get(widget.getPage().getCOSObject()) + 1, box.getLowerLeftX(), top);
      } else if (kid instanceof Integer sequence) {
        content(page, sequence, depth, out);
      }
    }
    out.flush();
  }

  /** What an element says of itself: language, alternative text, and what a header cell heads. */
  private static String described(PDStructureElement element) {
    StringBuilder out = new StringBuilder();
    if (element.getLanguage() != null) {
      out.append("\tlang=").append(element.getLanguage());
    }
    if (element.getAlternateDescription() != null) {
      out.append("\talt=").append(oneLine(element.getAlternateDescription()));
    }
    var attributes = element.getAttributes();
    for (int at = 0; at < attributes.size(); at++) {
      if (attributes.getObject(at) instanceof PDTableAttributeObject table && table.getScope() != null) {
        out.append("\tscope=").append(table.getScope());
      }
    }
    return out.toString();
  }

  private void content(COSDictionary page, int sequence, int depth, PrintWriter out) {
    Integer number = pages.get(page);
    Piece piece = number == null ? null : pieces.get(number).get(sequence);
    if (piece != null) {
      out.printf("%s#\t%d\t%.1f\t%.1f\t%s%n", "\t".repeat(depth), piece.page + 1, piece.x, piece.y, oneLine(piece.text));
    }
  }

  private static String oneLine(String text) {
    return text == null ? "" : text.replaceAll("[\\t\\r\\n]+", " ");
  }
}
