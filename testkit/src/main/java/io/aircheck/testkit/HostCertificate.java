package io.aircheck.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate of the address 127.0.0.1 that nobody has signed but itself, made by the keytool of
 * this Java.
 *
 * @param store file with its key (PKCS12)
 * @param certificate file that others trust it by (PEM)
 */
public record HostCertificate(Path store, Path certificate) {
  /** Of the store and the key. */
  static final String PASSWORD = "password";

  private static final String ALIAS = "host";

  /**
   * Makes one.
   *
   * @param folder for its files
   */
  public static HostCertificate in(Path folder) throws IOException, InterruptedException {
    HostCertificate made =
        new HostCertificate(folder.resolve("host.p12"), folder.resolve("host.pem"));
    made.keytool(
        List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=host", "-ext", "san=ip:127.0.0.1"));
    made.keytool(List.of("-exportcert", "-rfc", "-file", made.certificate.toString()));
    return made;
  }

  private void keytool(List<String> what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(what);
    command.addAll(
        List.of(
            "-alias",
            ALIAS,
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(told);
    }
  }
}
