import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Checks PDFs against veraPDF's PDF/UA-1 profile, all in one virtual machine. Prints a line for each rule that a file breaks:
 * the file, the clause of ISO 14289-1, how often, and what veraPDF says of it first.
 *
 * <p>Usage: UaCheck FILE…. Ends with 1 if a file is not PDF/UA-1 or cannot be read.
 */
public class UaCheck {
  private static final int MOST_FAILURES = 1000;

  public static void main(String[] files) {
    VeraGreenfieldFoundryProvider.initialise();
    boolean failed = false;
    for (String name : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), PDFAFlavour.PDFUA_1);
          PDFAValidator validator =
              Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, MOST_FAILURES, false, true, false)) {
        ValidationResult result = validator.validate(parser);
        // A profile that checks nothing would pass everything.
        if (result.isCompliant() && result.getTotalAssertions() > 0) {
          continue;
        }
        failed = true;
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, String> messages = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() == TestAssertion.Status.FAILED) {
            String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            counts.merge(rule, 1, Integer::sum);
            messages.putIfAbsent(rule, String.valueOf(assertion.getMessage()).replaceAll("\\s+", " "));
          }
        }
        counts.forEach((rule, count) ->
            System.out.println(name + ": veraPDF UA-1 " + rule + ", " + count + " times: " + messages.get(rule)));
        if (counts.isEmpty()) {
          System.out.println(name + ": veraPDF UA-1: not compliant, without a failed rule");
        }
      } catch (Exception fault) {
        System.out.println(name + ": veraPDF cannot read it: " + fault);
        failed = true;
      }
    }
    System.exit(failed ? 1 : 0);
  }
}
