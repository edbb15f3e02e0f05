package io.aircheck.app.report;

/** Colours of the terminal, or none. */
public enum Palette {
  PLAIN,
  COLOUR;

  public String bold(String text) {
    return paint("1", text);
  }

  public String dim(String text) {
    return paint("2", text);
  }

  public String error(String text) {
    return paint("31;1", text);
  }

  public String warning(String text) {
    return paint("33", text);
  }

  public String good(String text) {
    return paint("32", text);
  }

  private String paint(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
