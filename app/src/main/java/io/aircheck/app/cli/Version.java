package io.aircheck.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /** The one line that {@code --version} prints. */
  public static String line() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "aircheck " + (version == null ? "development" : version);
  }
}
