package io.aircheck.app.cli;

import io.aircheck.app.UsageException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

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
            .setCaseInsensitiveEnumValuesAllowed(true)
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
    err.println("aircheck: " + firstLine(String.valueOf(e.getMessage())));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitStatus.USAGE;
  }

  private int failed(Exception e, PrintWriter err) {
    err.println(
        "aircheck: "
            + (e instanceof UsageException ? e.getMessage() : e)
            + (e instanceof UsageException || verbose ? "" : " (--verbose shows where)"));
    if (verbose) {
      e.printStackTrace(err);
    }
    return ExitStatus.USAGE;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
