package io.aircheck.experience.ingest;

/**
 * How far a file has been read, and how it is known again when it has another name.
 *
 * @param offset bytes
 * @param headBytes of its beginning that are told; never more than were read
 * @param head a hash of them: they name viewers, and are not kept
 */
record FileMark(long offset, int headBytes, String head) {
  /** Of a file that is not there yet. */
  static final FileMark START = new FileMark(0, 0, "-");

  /**
   * Reads what {@link #toString} has written.
   *
   * @throws IllegalArgumentException if it is none
   */
  static FileMark parse(String text) {
    String[] words = text.split(" ");
    if (words.length != 3) {
      throw new IllegalArgumentException("no mark of a file: " + text);
    }
    return new FileMark(Long.parseLong(words[0]), Integer.parseInt(words[1]), words[2]);
  }

  @Override
  public String toString() {
    return offset + " " + headBytes + " " + head;
  }
}
