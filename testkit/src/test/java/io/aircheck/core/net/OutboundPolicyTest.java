package io.aircheck.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.core.net.OutboundPolicy.DeniedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyTest {
  private static final Set<String> SCHEMES = Set.of("http", "https", "udp", "srt", "file");

  /** Names that somebody else's name server answers. */
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "public.example", List.of("203.0.113.7"),
          "rebound.example", List.of("203.0.113.7", "169.254.169.254"),
          "inside.example", List.of("10.1.2.3"));

  @TempDir Path folder;

  private static InetAddress[] resolve(String host) throws UnknownHostException {
    if (host.contains(":") || host.matches("[0-9.]+")) {
      return new InetAddress[] {InetAddress.getByName(host)};
    }
    List<String> addresses = NAMES.get(host);
    if (addresses == null) {
      throw new UnknownHostException(host);
    }
    InetAddress[] resolved = new InetAddress[addresses.size()];
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = InetAddress.getByName(addresses.get(i));
    }
    return resolved;
  }

  private static OutboundPolicy policy(boolean privateNetworks, Path... folders) {
    return new OutboundPolicy(
        SCHEMES, privateNetworks, List.of(folders), OutboundPolicyTest::resolve);
  }

  private static void assertDenied(OutboundPolicy policy, String uri, String... words) {
    assertThatThrownBy(() -> policy.check(uri))
        .as(uri)
        .isInstanceOf(DeniedException.class)
        .hasMessageContainingAll(words);
  }

  private static void assertAllowed(OutboundPolicy policy, String uri) {
    assertThatCode(() -> policy.check(uri)).as(uri).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://good@169.254.169.254/",
        "http://public.example:80@169.254.169.254/",
        "http://a@b@169.254.169.254/",
        "http://169.254.169.254:80/",
        "http://rebound.example/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://192.0.0.192/",
        "http://[fe80::1]/",
        "http://[fe80::1%eth0]/",
        "http://[fe80::1%25eth0]/",
        "http://[fd00:ec2::254]/",
        "http://[fd00:ec2::254%25lo]/",
        "http://[fd20:ce::254]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[::a9fe:a9fe]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[64:ff9b:1::a9fe:a9fe]/",
        "http://[2002:a9fe:a9fe::1]/",
        "srt://169.254.0.1:9000?mode=caller"
      })
  void metadataAndLinkLocal_evenWherePrivateIsAllowed_areDenied(String uri) {
    assertDenied(policy(true), uri, "never allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://127.9.9.9:8080/",
        "http://0.0.0.0/",
        "http://0.1.2.3/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://100.127.255.255/",
        "http://198.18.0.1/",
        "http://255.255.255.255/",
        "http://inside.example/",
        "http://[::1]/",
        "http://[::]/",
        "http://[fc00::1]/",
        "http://[fd12:3456::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "udp://@239.1.1.1:5000",
        "udp://224.0.0.1:1234"
      })
  void privateAddresses_areAllowedOnlyWhereThatIsSaid(String uri) {
    assertDenied(policy(false), uri, "outbound.private");
    assertAllowed(policy(true), uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://public.example/path?x=1#y",
        "https://203.0.113.7:8443/",
        "http://user:word@public.example/",
        "http://172.32.0.1/",
        "http://100.128.0.1/",
        "http://[2001:db8::1]:8080/",
        "http://[64:ff9b::cb00:7107]/",
        "udp://203.0.113.7:5000?pkt_size=1316",
        "http://not.there.example/"
      })
  void publicAddresses_areAllowed(String uri) {
    assertAllowed(policy(false), uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.1./",
        "http://169.254.169.254\\@public.example/",
        "http://public.example\t@127.0.0.1/",
        "http://public .example/",
        "http://[::1/",
        "http://[public.example]/",
        "http://public.example%00.test/",
        "http:///path",
        "http://:80/",
        "udp://@:5000"
      })
  void addresses_thatProgramsReadDifferently_areDenied(String uri) {
    assertDenied(policy(true), uri, "host");
  }

  @Test
  void scheme_thatIsNotNamed_isDeniedWithTheSettingAndWithoutSecrets() {
    assertDenied(
        policy(true),
        "gopher://public.example/",
        "scheme gopher",
        "file, http",
        "outbound.schemes");
    assertThatThrownBy(() -> policy(true).check("ftp://ada:secret@public.example/?token=secret"))
        .hasMessageNotContaining("secret");
  }

  @Test
  void host_alone_isHeldToTheSame() throws DeniedException {
    policy(true).checkHost("10.0.0.1");
    assertThatThrownBy(() -> policy(false).checkHost("inside.example"))
        .hasMessageContaining("inside.example: points at 10.1.2.3");
    assertThatThrownBy(() -> policy(true).checkHost("0x7f.1")).isInstanceOf(DeniedException.class);
  }

  @Test
  void resolvedAddress_isHeldToTheSame() throws UnknownHostException {
    assertThat(policy(false).allows(InetAddress.getByName("203.0.113.7"))).isTrue();
    assertThat(policy(false).allows(InetAddress.getByName("10.0.0.1"))).isFalse();
    assertThat(policy(true).allows(InetAddress.getByName("10.0.0.1"))).isTrue();
    assertThat(policy(true).allows(InetAddress.getByName("169.254.169.254"))).isFalse();
  }

  @Test
  void files_belowANamedFolder_areAllowed() throws IOException {
    Path media = Files.createDirectories(folder.resolve("media/sub"));
    Path clip = Files.writeString(media.resolve("clip.ts"), "x");
    OutboundPolicy policy = policy(false, folder.resolve("media"));

    assertAllowed(policy, clip.toString());
    assertAllowed(policy, clip.toUri().toString());
    assertAllowed(policy, media.resolve("not-there-yet.ts").toString());
    assertDenied(policy, folder.resolve("mediaplus/clip.ts").toString(), "outbound.files");
    assertDenied(policy, "/etc/passwd", "outbound.files");
    assertDenied(policy(false), clip.toString(), "folders that are named, and none is");
  }

  @Test
  void files_reachedByLinksOrUpwards_areDenied() throws IOException {
    Path media = Files.createDirectories(folder.resolve("media"));
    Path secret = Files.createDirectories(folder.resolve("secret"));
    Files.writeString(secret.resolve("key"), "x");
    Files.createSymbolicLink(media.resolve("link"), secret);
    Files.createSymbolicLink(media.resolve("key"), secret.resolve("key"));
    OutboundPolicy policy = policy(false, media);

    assertDenied(policy, media.resolve("link/key").toString(), "outbound.files");
    assertDenied(policy, media.resolve("key").toString(), "outbound.files");
    assertDenied(policy, media.resolve("link/not-there-yet").toString(), "outbound.files");
    assertDenied(policy, media + "/../secret/key", "outbound.files");
    assertDenied(policy, media + "/../secret/not-there-yet", "outbound.files");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"concat:/etc/passwd", "subfile,,start,0,end,9,,:/etc/passwd", "file:relative"})
  void paths_thatMediaLibrariesTakeForProtocols_areDenied(String uri) {
    assertDenied(policy(true, Path.of("").toAbsolutePath()), uri, "no path of a file");
  }
}
