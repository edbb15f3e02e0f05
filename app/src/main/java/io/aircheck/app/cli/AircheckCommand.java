package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import io.aircheck.app.report.ReportFormat;
import io.aircheck.core.detect.Suggestion;
import io.aircheck.core.media.MediaException;
import io.aircheck.core.observe.Severity;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. To add a command, name its class in {@code subcommands}. */
@Command(
    name = "aircheck",
    description = "Finds what is wrong in live audio and video, the way a viewer receives it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CheckCommand.class,
      MonitorCommand.class,
      EvaluateCommand.class,
      InjectCommand.class,
      DemoCommand.class,
      ServeCommand.class,
      CostCommand.class,
      ClusterCommand.class,
      ViewersCommand.class,
    })
public final class AircheckCommand {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Says more, with stack traces of errors.")
  private boolean verbose;

  private AircheckCommand() {}

  /**
   * Runs a command.
   *
   * @param out where reports go
   * @param err where errors and progress go
   * @return exit status, see {@link ExitStatus}
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    AircheckCommand command = new AircheckCommand();
    CommandLine line =
        new CommandLine(command)
            .setOut(out)
            .setErr(err)
            .registerConverter(ReportFormat.class, new Choice<>(ReportFormat.class))
            .registerConverter(LineFormat.class, new Choice<>(LineFormat.class))
            .registerConverter(FailOn.class, new Choice<>(FailOn.class))
            .registerConverter(Severity.class, new Choice<>(Severity.class))
            .registerConverter(Double.class, AircheckCommand::number)
            .registerConverter(Pattern.class, AircheckCommand::pattern)
            .registerConverter(int.class, AircheckCommand::wholeNumber)
            .setParameterExceptionHandler((e, a) -> usage(e, err))
            .setExecutionExceptionHandler((e, l, parsed) -> command.failed(e, err));
    if (args.length == 0) {
      line.usage(err);
      return ExitStatus.USAGE;
    }
    try {
      return line.execute(args);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** Whether the command above a command was told to say more. */
  static boolean isVerbose(CommandSpec command) {
    return command.root().userObject() instanceof AircheckCommand root && root.verbose;
  }

  private static int usage(ParameterException e, PrintWriter err) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    err.println("aircheck: " + words(e, command) + " (see " + command.qualifiedName() + " --help)");
    return ExitStatus.USAGE;
  }

  private static String words(ParameterException e, CommandSpec command) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
    String word = unmatched.getUnmatched().getFirst();
    if (unmatched.isUnknownOption()) {
      String name = word.replaceFirst("=.*", "");
      return "unknown option " + name + Suggestion.among(command.optionsMap().keySet(), name);
    }
    return command.subcommands().isEmpty()
        ? "one argument too many: " + word
        : "unknown command " + word + Suggestion.among(command.subcommands().keySet(), word);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(text + " is not a number");
    }
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new TypeConversionException(
          text + " is not a regular expression: " + e.getDescription());
    }
  }

  private static int wholeNumber(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(text + " is not a whole number");
    }
  }

  private int failed(Exception e, PrintWriter err) {
    boolean foreseen = e instanceof UsageException || e instanceof MediaException;
    err.println(
        "aircheck: "
            + (foreseen ? e.getMessage() : "internal error: " + e)
            + (foreseen || verbose ? "" : " (--verbose shows where)"));
    if (verbose) {
      e.printStackTrace(err);
    }
    if (e instanceof UsageException) {
      return ExitStatus.USAGE;
    }
    return foreseen ? ExitStatus.INPUT : ExitStatus.INTERNAL;
  }
}
