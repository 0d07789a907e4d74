// SPDX-License-Identifier: Apache-2.0
// Arguments: a flavour, such as 3b, and PDF files. Prints a line per file: the rules it breaks as "clause-test", or nothing.
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

public class CheckPdfA {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    PDFAFlavour flavour = PDFAFlavour.fromString(args[0]);
    for (String file : Arrays.copyOfRange(args, 1, args.length)) System.out.println(brokenRules(flavour, file));
  }

  private static String brokenRules(PDFAFlavour flavour, String file) throws Exception {
    try (InputStream pdf = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(pdf, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      String broken = result.getFailedChecks().keySet().stream()
          .map(rule -> rule.getClause() + "-" + rule.getTestNumber())
          .sorted()
          .collect(Collectors.joining(" "));
      return broken.isEmpty() && !result.isCompliant() ? "not compliant" : broken;
    }
  }
}
