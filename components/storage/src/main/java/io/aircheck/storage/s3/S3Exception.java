package io.aircheck.storage.s3;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** S3 has refused a request. The message is one line that says what and what to do. */
final class S3Exception extends IOException {
  private static final long serialVersionUID = 1L;

  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,60})</Code>");
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final int status;

  /**
   * @param body of the answer: XML, or nothing
   */
  S3Exception(String where, int status, String body) {
    super("%s answers %d%s; %s".formatted(where, status, code(body), advice(status)));
    this.status = status;
  }

  private static String code(String body) {
    Matcher code = CODE.matcher(body);
    return code.find() ? " " + code.group(1) : "";
  }

  private static String advice(int status) {
    return switch (status) {
      case 301, 307, 400 -> "check region and endpoint";
      case 401, 403 -> "check the credentials and what they allow";
      case 404 -> "check the name of the bucket";
      default -> "check the server";
    };
  }

  int status() {
    return status;
  }

  /** Whether the same request may succeed a moment later. */
  boolean isPassing() {
    return status >= SERVER_ERROR || status == TOO_MANY_REQUESTS;
  }
}
