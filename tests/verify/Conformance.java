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
 * Checks PDFs against veraPDF's profiles of PDF/UA-1 and PDF/A-2a, all in one virtual machine. Prints a line for each rule that a
 * file breaks: the file, the profile, the clause of ISO 14289-1 or ISO 19005-2, how often, and what veraPDF says of it first.
 *
 * <p>Usage: Conformance FILE…. Ends with 1 if a file breaks a rule or cannot be read.
 */
public class Conformance {
  private static final int MOST_FAILURES = 1000;
  private static final Map<PDFAFlavour, String> PROFILES =
      new TreeMap<>(Map.of(PDFAFlavour.PDFUA_1, "UA-1", PDFAFlavour.PDFA_2_A, "A-2a"));

  public static void main(String[] files) {
    VeraGreenfieldFoundryProvider.initialise();
    boolean failed = false;
    for (String name : files) {
      for (Map.Entry<PDFAFlavour, String> profile : PROFILES.entrySet()) {
        failed |= !conforms(name, profile.getKey(), "veraPDF " + profile.getValue());
      }
    }
    System.exit(failed ? 1 : 0);
  }

  private static boolean conforms(String name, PDFAFlavour flavour, String profile) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, MOST_FAILURES, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      // A profile that checks nothing would pass everything.
      if (result.isCompliant() && result.getTotalAssertions() > 0) {
        return true;
      }
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
          System.out.println(name + ": " + profile + " " + rule + ", " + count + " times: " + messages.get(rule)));
      if (counts.isEmpty()) {
        System.out.println(name + ": " + profile + ": not compliant, without a failed rule");
      }
    } catch (Exception fault) {
      System.out.println(name + ": " + profile + ": veraPDF cannot read it: " + fault);
    }
    return false;
  }
}
