package io.aircheck.app.serve.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aircheck.app.UsageException;
import io.aircheck.app.config.Secrets;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.notify.NotifierCatalog;
import io.aircheck.core.observe.Severity;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  private static final String OF_A_COPY =
      "store: {url: postgresql://db/a, user: a}\ncopies: {role: all}\n";

  @TempDir private Path folder;

  private final SettingsCheck check =
      new SettingsCheck(DetectorCatalog.installed(), NotifierCatalog.installed());

  private ServiceSettings read(String yaml) throws IOException {
    Path file = folder.resolve("aircheck.yaml");
    Files.writeString(file, yaml);
    return SettingsFile.read(file, Secrets.ofFile(Map.of("TOKEN", "s3cret-of-sixteen")), check);
  }

  @Test
  void read_commentsAlone_setsNothing() throws Exception {
    assertThat(read("# nothing yet\n")).isEqualTo(ServiceSettings.DEFAULT);
  }

  @Test
  void read_streamWithAddressAlone_hasDefaults() throws Exception {
    StreamSettings stream =
        read("streams:\n  - {id: a, url: 'https://example.com/a.m3u8'}\n").streams().getFirst();

    assertThat(stream.policy()).isEqualTo("default");
    assertThat(stream.priority()).isEqualTo(50);
    assertThat(stream.schedule()).isEmpty();
  }

  @Test
  void read_everything_isUnderstood() throws Exception {
    ServiceSettings settings =
        read(
            """
            server: {address: 127.0.0.1, port: 0}
            history: {secondsFor: 2h, minutesFor: 7d, incidentsFor: 30d}
            evidence: {maxBytes: 5GB}
            policies:
              strict: {extends: default, recovery: 5m, minSeverity: info}
            streams:
              - id: a
                url: srt://example.com:9000
                policy: strict
                labels: {cdn: north}
                headers: {Authorization: 'Bearer ${TOKEN}'}
            """);

    assertThat(settings.history().secondsFor()).isEqualTo(Duration.ofHours(2));
    assertThat(settings.evidence().maxBytes().bytes()).isEqualTo(5_000_000_000L);
    assertThat(settings.policies().values())
        .extracting(PolicySettings::minSeverity)
        .containsExactly(Optional.of(Severity.INFO));
    assertThat(settings.streams().getFirst().headers())
        .containsEntry("Authorization", "Bearer s3cret-of-sixteen");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "streems: []                           | :1: streems: unknown setting streems; did you mean"
            + " streams?",
        "server: {port: many}                  | :1: server.port: must be a whole number",
        "server: {port: 70000}                 | must be from 0 to 65535",
        "history: {secondsFor: long}           | must be a length of time",
        "policies: {a: {minSeverity: bad}}     | must be one of info, warning, error",
        "policies: {a: {extends: b}}           | there is no policy b",
        "policies: {a: {extends: b}, b: {extends: a}} | build on each other",
        "policies: {a: {detectors: [video.blak]}}     | did you mean video.black?",
        "streams: [{id: a}]                    | streams.0.url: is missing",
        "streams: [{url: x}]                   | needs an id",
        "streams: [{id: 'a b', url: x}]        | must be letters",
        "streams: [{id: a, url: x}, {id: a, url: y}]  | two streams have the id a",
        "streams: [{id: a, url: x, policy: nope}]     | there is no policy nope",
        "mutes: [{reason: works}]              | needs an end",
        "grouping: {minStreams: 1}             | must be 2 or more",
        "grouping: {minShare: 40}              | must be from 0 to 1",
        "grouping: {labels: ['cdn=north']}     | must be the name of a label",
        "isolation: proces                     | isolation: must be one of none, process",
        "isolation: {mode: processes}          | isolation.mode: must be one of none, process",
        "isolation: {mode: process, processes: 0}   | isolation.processes: is 0, must be from 1",
        "isolation: {mode: process, heap: 1MB} | isolation.heap: must be 32MB or more",
        "isolation: {proceses: 2}              | did you mean processes?",
        "channels: {a: {type: webhok}}         | there is no channel of type webhok",
        "routes: [{channels: [a]}]             | there is no channel a",
        "routes: [{}]                          | names no channels",
        "tokens: [{name: a, role: admin, token: short}] | must have 16 characters",
        "server: {address: 0.0.0.0}            | it needs tokens",
        "evidence: {s3: {bucket: A}}           | evidence.s3.bucket: must be the name of a bucket",
        "evidence: {s3: {bucket: abc, accessKey: a}}          | needs accessKey and secretKey",
        "evidence: {s3: {bucket: abc, endpoint: 'ftp://a'}}   | evidence.s3.endpoint: must be an"
            + " address",
        "store: {url: mysql://db/a, user: a}   | store.url: must be an address such as postgresql",
        "store: {url: postgresql://db/a}       | store.user: is missing",
        "store: {url: 'postgresql://a:b@db/a', user: a}        | must not hold a user or password",
        "store: {url: 'postgresql://db/a?password=b', user: a} | must not hold a user or password",
        "capacity: {share: 1.5}              | must be above 0 and 1 at most",
        "prices: nowhere.yaml                | prices: nowhere.yaml: cannot read",
        "isolation: {sinks: {kafka: {topic: a}}} | isolation.sinks.kafka: channel of type kafka:"
            + " bootstrapServers is missing",
        "isolation: {sinks: {postgresql: {url: x}}} | isolation.sinks.postgresql.url: must be an"
            + " address such as postgresql",
        "copies: {role: all}                 | copies: need a store in PostgreSQL",
        "copies: {role: boss}                | copies.role: must be one of all, api, worker",
        "copies: {lease: 1s}                 | copies.lease: must be 2s or more",
        "copies: {detectors: [vidio.*]}      | copies.detectors: unknown detector vidio.*",
        "copies: {address: 'here:80'}        | copies.address: must be an address such as",
        "viewers: {path: r}                  | viewers.path: must be a path such as /r",
        "viewers: {path: /v1/r}              | viewers.path: /v1 is taken",
        "viewers: {origins: [example.com]}   | viewers.origins.0: must be an origin such as",
        "viewers: {addressHeader: 'a b'}     | viewers.addressHeader: must be the name of a header",
        "viewers: {locations: [/no/a.mmdb]}  | viewers.locations.0: /no/a.mmdb is not there; it"
            + " must",
        "viewers: {locations: [pom.xml]}     | viewers.locations.0: pom.xml is no database in the"
            + " MaxMind DB format (.mmdb), or damaged; fetch it again",
        "viewers: {locations: [a.mmdb, b/a.mmdb]} | viewers.locations.1: is named as another file",
        "viewers: {keepReportsFor: 1h}       | viewers.keepReportsFor: must be 100m or more",
        "viewers: {archive: {keepSessionsFor: 1h}}   | viewers.archive.keepSessionsFor: must be 2h",
        "viewers: {archive: {keepMinutesFor: 0s}}    | viewers.archive.keepMinutesFor: must be 2h",
        "viewers: {archive: {maxCopies: 1MB}}        | viewers.archive.maxCopies: must be 10MB",
        "viewers: {archive: {queryMemory: 1MB}}      | viewers.archive.queryMemory: must be 128MB",
        "viewers: {archive: {queryTimeout: 1h}}      | viewers.archive.queryTimeout: must be from",
        "viewers: {archive: {s3: {bucket: A}}}       | viewers.archive.s3.bucket: must be the name",
        "{evidence: {s3: {bucket: abc}}, viewers: {archive: {s3: {bucket: abc, prefix: v}}}}"
            + " | viewers.archive.s3.prefix: must not lie within that of evidence.s3",
        "viewers: {maxBytes: 1MB}            | viewers.maxBytes: must be 10MB or more",
        "viewers: {maxBodyBytes: 1GB}        | viewers.maxBodyBytes: must be from 1KB to 8MB",
        "viewers: {sync: sometimes}          | viewers.sync: must be one of never, second, always",
        "viewers: {maxSessions: 1}           | viewers.maxSessions: is 1, must be 1000 or more",
        "viewers: {reportsPerSecond: 0}      | viewers.reportsPerSecond: is 0, must be 1 or more",
        "viewers: {dimensions: [content]}    | viewers.dimensions.0: must be the name of an"
            + " attribute",
        "viewers: {dimensions: [[cdn, cdn]]} | viewers.dimensions.0: must be the name of an"
            + " attribute",
        "viewers: {dimensions: [[a, b, c, d, e]]} | viewers.dimensions.0: has 5 dimensions, must"
            + " have 1 to 4",
        "viewers: {dimensions: [device, [device, content]]} | viewers.dimensions.1: is kept"
            + " already",
        "viewers: {dimensions: [[content]]}  | viewers.dimensions.0: is kept already",
        "viewers: {cubeMemory: 1MB}          | viewers.cubeMemory: must be 100MB or more",
        "viewers: {customKeys: {tier: tier}} | viewers.customKeys.tier: must be a key with a"
            + " hyphen",
        "viewers: {unmonitored: {leastViewers: 0}} | viewers.unmonitored.leastViewers: is 0, must"
            + " be 1 or more",
        "viewers: {unmonitored: {watch: {}}} | viewers.unmonitored.watch: needs a url, such as",
        "viewers: {unmonitored: {watch: {url: 'http://{content}/a'}}} |"
            + " viewers.unmonitored.watch.url: must have {content} in its path",
        "viewers: {unmonitored: {watch: {url: 'http://a/{content}', mostStreams: 0}}} |"
            + " viewers.unmonitored.watch.mostStreams: is 0",
        "viewers: {unmonitored: {watch: {url: 'http://a/{content}', policy: b}}} |"
            + " viewers.unmonitored.watch.policy: there is no policy b",
        "viewers: {alerts: {learnFor: 5s}}    | viewers.alerts.learnFor: must be from 10s to 7d",
        "viewers: {alerts: {openAfter: 2h}}   | viewers.alerts.openAfter: must be from 10s to 1h",
        "viewers: {alerts: {closeAfter: 0s}}  | viewers.alerts.closeAfter: must be",
        "viewers: {alerts: {leastViewers: 0}} | viewers.alerts.leastViewers: is 0, must be 1",
        "viewers: {alerts: {zone: Nowhere}}   | viewers.alerts.zone: must be a time zone",
        "viewers: {metrics: {by: [cdn, browser]}} | viewers.metrics.by: must be dimensions that are"
            + " kept together",
        "viewers: {metrics: {most: -1}}       | viewers.metrics.most: is -1, must be from 0",
        "viewers: {connectors: [{type: otlp}]} | viewers.connectors.0.name: must be a name",
        "viewers: {connectors: [{name: a, type: ftp}]} | viewers.connectors.0.type: must be one of"
            + " kafka, webhook, otlp",
        "viewers: {connectors: [{name: a, type: otlp}]} | viewers.connectors.0: channel of type"
            + " otlp: url is missing",
        "viewers: {connectors: [{name: a, type: kafka, topic: a}]} | channel of type kafka:"
            + " bootstrapServers is missing",
        "viewers: {connectors: [{name: a, type: webhook, url: 'http://b', wait: 1}]} | wait is"
            + " unknown; known are url, secret",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b', send: [sessions]}]} | must"
            + " be [sums] for otlp",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b', send: [all]}]} | must be one"
            + " of sums, sessions, deltas",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b', by: [[cdn, browser]]}]} |"
            + " viewers.connectors.0.by.0: must be dimensions that are kept together",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b', by: [[cdn], [cdn]]}]} |"
            + " viewers.connectors.0.by.1: is there twice",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b', window: 5m}]} |"
            + " viewers.connectors.0.window: must be 10s or 1m",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b', settleFor: 1s}]} |"
            + " viewers.connectors.0.settleFor: must be from 10s to 30m",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b', mostWaiting: 1}]} |"
            + " viewers.connectors.0.mostWaiting: is 1, must be from 1000",
        "viewers: {connectors: [{name: a, type: otlp, url: 'http://b'}, {name: a, type: otlp, url:"
            + " 'http://b'}]} | viewers.connectors.1.name: is that of another connector",
        "viewers: {logs: [{file: a.log}]}     | viewers.logs.0.name: must be letters, digits, - and"
            + " _",
        "viewers: {logs: [{name: a}]}         | viewers.logs.0: needs one of file, s3 and http:"
            + " true, and has 0 of them",
        "viewers: {logs: [{name: a, file: a, http: true}]} | viewers.logs.0: needs one of",
        "viewers: {logs: [{name: a, file: a, format: clf}]} | viewers.logs.0.format: must be one of"
            + " cloudfront, akamai, json",
        "viewers: {logs: [{name: a, file: a, fields: [b]}]} | viewers.logs.0.fields: is for"
            + " real-time logs of CloudFront",
        "viewers: {logs: [{name: a, file: a, attributes: {color: red}}]} |"
            + " viewers.logs.0.attributes.color: must be one of appVersion, cdn, device",
        "viewers: {logs: [{name: a, file: a, attributes: {cdn: ''}}]} |"
            + " viewers.logs.0.attributes.cdn: must be text of 64 characters at most",
        "viewers: {logs: [{name: a, http: true, token: short}]} | viewers.logs.0.token: must have"
            + " 16 characters or more",
        "viewers: {logs: [{name: a, file: a, token: 0123456789012345}]} | viewers.logs.0.token: is"
            + " for logs that are pushed",
        "viewers: {logs: [{name: a, s3: {bucket: A}}]} | viewers.logs.0.s3.bucket: must be the"
            + " name",
        "viewers: {logs: [{name: a, s3: {bucket: abc}, every: 1s}]} | viewers.logs.0.every: must be"
            + " from 5s to 1h",
        "viewers: {logs: [{name: a, file: b}, {name: A, file: c}]} | viewers.logs.1.name: is that"
            + " of another log",
        "policies: {a: {watching: dimly}}    | must be one of full, light, auto",
        "policies: {a: {whenFull: panic}}    | must be one of wait, refuse",
        "streams: [{id: a, url: '${MISSING}'}] | the environment variable MISSING is not set",
      })
  void read_whatIsWrong_isSaidWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("aircheck.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void read_filesOfAServiceAlone_areNoneOfAJob() throws Exception {
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, "prices: nowhere.yaml\nviewers: {locations: [/no/a.mmdb]}\n");

    ServiceSettings settings = SettingsFile.read(file, Secrets.ofFile(Map.of()), check.ofAJob());

    assertThat(settings.viewers().locations()).containsExactly(Path.of("/no/a.mmdb"));
  }

  @Test
  void read_documentedLocations_areUnderstood() throws Exception {
    String locations =
        Files.readAllLines(Path.of("..", "docs", "aircheck.yaml")).stream()
            .filter(line -> line.startsWith("  # locations:"))
            .findFirst()
            .orElseThrow()
            .replace("# ", "");
    Path file = folder.resolve("locations.yaml");
    Files.writeString(file, "viewers:\n" + locations);

    ServiceSettings settings = SettingsFile.read(file, Secrets.ofFile(Map.of()), check.ofAJob());

    assertThat(settings.viewers().locations())
        .containsExactly(Path.of("/data/GeoLite2-City.mmdb"), Path.of("/data/GeoLite2-ASN.mmdb"));
  }

  @Test
  void read_isolationAsAWord_hasTheOtherDefaults() throws Exception {
    assertThat(read("isolation: process").isolation())
        .isEqualTo(read("isolation: {mode: process}").isolation());
    assertThat(read("isolation: none").isolation()).isEqualTo(ServiceSettings.DEFAULT.isolation());
  }

  @Test
  void read_valueThatIsWrong_namesItsLine() {
    assertThatThrownBy(() -> read("# first\nstreams:\n  - id: a\n    url: x\n    priority: 200\n"))
        .hasMessageContaining("aircheck.yaml:5: streams.0.priority: is 200");
  }

  @Test
  void read_documentedFile_isValid() throws Exception {
    Path documented = Path.of("..", "docs", "aircheck.yaml");
    Map<String, String> environment = new HashMap<>();
    Matcher references = Pattern.compile("\\$\\{(\\w+)}").matcher(Files.readString(documented));
    while (references.find()) {
      environment.put(references.group(1), "0123456789abcdef0123456789abcdef");
    }

    ServiceSettings settings = SettingsFile.read(documented, Secrets.ofFile(environment), check);

    assertThat(settings.streams()).hasSize(2);
    assertThat(settings.server()).isEqualTo(ServiceSettings.DEFAULT.server());
    assertThat(settings.history()).isEqualTo(ServiceSettings.DEFAULT.history());
    assertThat(settings.evidence()).isEqualTo(ServiceSettings.DEFAULT.evidence());
    assertThat(settings.viewers()).isEqualTo(ServiceSettings.DEFAULT.viewers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose", "kubernetes"})
  void read_packagedFile_isValidAndOfACopy(String folder) {
    Path packaged = Path.of("..", "packaging", folder, "aircheck.yaml");
    Map<String, String> environment =
        Map.of(
            "AIRCHECK_TOKEN", "0123456789abcdef",
            "AIRCHECK_DB_PASSWORD", "secret",
            "AIRCHECK_S3_SECRET", "secret",
            "POD_IP", "10.0.0.7");

    ServiceSettings settings = SettingsFile.read(packaged, Secrets.ofFile(environment), check);

    assertThat(settings.copies()).isPresent();
    assertThat(settings.evidence().s3()).isPresent();
  }

  /**
   * An example of the documented settings that is commented out there, as if it were not.
   *
   * @param margin before its first line
   * @param name of the setting
   */
  private static String documented(String margin, String name) throws IOException {
    String settings = Files.readString(Path.of("..", "docs", "aircheck.yaml"));
    return settings
        .substring(settings.indexOf(margin + "# " + name + ":"))
        .lines()
        .takeWhile(line -> line.startsWith(margin + "#"))
        .map(line -> line.replaceFirst("# ", ""))
        .collect(Collectors.joining("\n"));
  }

  private static void assertNamesAll(
      String example, String margin, Class<? extends Record> settings) {
    for (RecordComponent component : settings.getRecordComponents()) {
      assertThat(example).contains("\n" + margin + component.getName() + ":");
    }
  }

  @Test
  void read_documentedCopies_areUnderstood() throws Exception {
    String copies = documented("", "copies");

    CopySettings settings =
        read("store: {url: postgresql://db/a, user: a}\n" + copies).copies().orElseThrow();

    assertThat(settings)
        .isEqualTo(
            new CopySettings(
                CopySettings.DEFAULT.role(),
                Optional.of(URI.create("http://10.0.0.7:8080")),
                Map.of("region", "eu"),
                List.of("video.*", "sync.*", "signature.*"),
                CopySettings.DEFAULT.lease(),
                CopySettings.DEFAULT.drain()));
    assertNamesAll(copies, "  ", CopySettings.class);
  }

  @Test
  void read_documentedWatchOfUnmonitored_isUnderstoodAndHasTheDefaults() throws Exception {
    String watch = documented("    ", "watch");

    UnmonitoredSettings settings =
        read("viewers:\n  unmonitored:\n" + watch).viewers().unmonitored();

    UnmonitoredSettings least =
        read("viewers: {unmonitored: {watch: {url:"
                + " 'https://origin.example.com/{content}/master.m3u8'}}}")
            .viewers()
            .unmonitored();
    assertThat(settings).isEqualTo(least);
    assertNamesAll(watch, "      ", UnmonitoredSettings.Watch.class);
  }

  @Test
  void read_documentedConnectors_areUnderstoodAndHaveTheDefaults() throws Exception {
    String documented = Files.readString(Path.of("..", "docs", "aircheck.yaml"));
    String connectors =
        documented
            .substring(documented.indexOf("  # connectors:"))
            .lines()
            .takeWhile(line -> line.startsWith("  #"))
            .map(line -> line.replaceFirst("# ", "").replaceAll("\\$\\{\\w+}", "s3cret"))
            .collect(Collectors.joining("\n"));

    List<ConnectorSettings> settings = read("viewers:\n" + connectors).viewers().connectors();

    assertThat(settings)
        .extracting(ConnectorSettings::type)
        .containsExactly("kafka", "webhook", "otlp");
    ConnectorSettings first = settings.getFirst();
    ConnectorSettings least = settings.getLast();
    assertThat(first.by()).isEqualTo(least.by());
    assertThat(first.window()).isEqualTo(least.window());
    assertThat(first.settleFor()).isEqualTo(least.settleFor());
    assertThat(first.mostWaiting()).isEqualTo(least.mostWaiting());
    assertThat(first.sessionIds()).isEqualTo(least.sessionIds());
    assertThat(settings.toString()).doesNotContain("s3cret");
    for (RecordComponent component : ConnectorSettings.class.getRecordComponents()) {
      if (!component.getName().equals("values")) {
        assertThat(connectors).containsPattern("\n +-? ?" + component.getName() + ": ");
      }
    }
  }

  @Test
  void read_headersOfAChannel_areItsSettings() throws Exception {
    ServiceSettings settings =
        read(
            """
            channels:
              hook: {type: webhook, url: 'https://example.com', headers: {X-Team: video}}
            """);

    assertThat(settings.channels().values())
        .first()
        .satisfies(hook -> assertThat(hook.values()).containsEntry("headers.X-Team", "video"));
  }

  @Test
  void read_documentedSinks_areUnderstood() throws Exception {
    String sinks = documented("  ", "sinks").replaceAll("\\$\\{\\w+}", "s3cret");

    SinkSettings settings = read("isolation:\n" + sinks).isolation().sinks();

    assertThat(settings.kafka())
        .containsEntry("topic", "incidents")
        .containsEntry("password", "s3cret");
    assertThat(settings.postgresql()).map(StoreSettings::user).contains("aircheck");
    assertThat(settings.toString()).doesNotContain("s3cret");
    assertNamesAll(sinks, "    ", SinkSettings.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "viewers: {enabled: true} | viewers.folder: is missing: with copies, the one that has",
        "viewers: {enabled: true, folder: v, logs: [{name: a, file: b}]} | viewers.logs.0.file:"
            + " does not go with copies",
        "viewers: {enabled: true, job: {read: true, postgresql: {url: 'postgresql://db/v', user:"
            + " v}}} | viewers.job.read: does not go with copies: each would raise every alert",
      })
  void read_viewersThatACopyCannotLeaveToAnother_areRefused(String viewers, String message) {
    assertThatThrownBy(() -> read(OF_A_COPY + viewers)).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "enabled: true, job: {read: true} | viewers.job.read: needs postgresql beside it",
        "job: {read: true, %s} | viewers.job.read: does not go with enabled: false",
        "enabled: true, job: {read: true, %s}, connectors: [{name: a, type: webhook, url:"
            + " 'https://example.com/a', send: [sums]}] | viewers.connectors: do not go with"
            + " job.read",
        "enabled: true, job: {read: true, %s}, logs: [{name: a, http: true, token:"
            + " 0123456789abcdef}] | viewers.logs: do not go with job.read without kafka",
      })
  void read_viewersOfAJobThatCannotBeRead_areRefused(String viewers, String message) {
    String sums = "postgresql: {url: 'postgresql://db/v', user: v}";

    assertThatThrownBy(() -> read("viewers: {" + viewers.formatted(sums) + "}"))
        .hasMessageContaining(message);
  }

  @Test
  void read_viewersOfAJob_areReadByACollectorOrBySomebodyElse() throws Exception {
    String job = "job: {read: true, postgresql: {url: 'postgresql://db/v', user: v}}";
    ViewerSettings alone = read("viewers: {enabled: true, " + job + "}").viewers();
    ViewerSettings collector =
        read("viewers: {enabled: true, kafka: {bootstrapServers: 'a:9092', topic: b}, " + job + "}")
            .viewers();

    assertThat(alone.readsJob()).isTrue();
    assertThat(alone.makesOfThem()).isFalse();
    assertThat(alone.handsOver()).isFalse();
    assertThat(collector.readsJob()).isTrue();
    assertThat(collector.handsOver()).isTrue();
  }

  @Test
  void read_viewersOfACopyWithoutATokenForTheOthers_areRefused() {
    assertThatThrownBy(
            () ->
                read(
                    OF_A_COPY
                        + """
                        viewers: {enabled: true, folder: /mnt/v}
                        tokens: [{name: a, role: operator, token: 0123456789abcdef}]
                        """))
        .hasMessageContaining("tokens: need one of role admin");
  }

  @Test
  void read_viewersOfACopyInAFolder_areUnderstood() throws Exception {
    ServiceSettings settings =
        read(
            OF_A_COPY
                + """
                viewers:
                  enabled: true
                  folder: /mnt/v
                  logs: [{name: a, s3: {bucket: abc}}, {name: b, http: true, token: 0123456789abcdef}]
                """);

    assertThat(settings.viewers().folder()).contains(Path.of("/mnt/v"));
    assertThat(settings.viewers().makesOfThem()).isTrue();
  }

  @Test
  void read_logInABucketOfACopy_isRefused() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    store: {url: postgresql://db/a, user: a}
                    copies: {role: all}
                    viewers:
                      enabled: true
                      kafka: {bootstrapServers: 'a:9092', topic: b}
                      logs: [{name: a, s3: {bucket: abc}}]
                    """))
        .hasMessageContaining("viewers.logs.0.s3: does not go with copies");
  }

  @Test
  void read_documentedLogs_areUnderstoodAndHaveTheDefaults() throws Exception {
    String documented = Files.readString(Path.of("..", "docs", "aircheck.yaml"));
    String logs =
        documented
            .substring(documented.indexOf("  # logs:"))
            .lines()
            .takeWhile(line -> line.matches("  # (logs:|  ).*"))
            .map(line -> line.replaceFirst("# ", "").replaceAll("\\$\\{\\w+}", "s3cret-of-sixteen"))
            .collect(Collectors.joining("\n"));

    List<LogSettings> settings = read("viewers:\n" + logs).viewers().logs();

    assertThat(settings)
        .extracting(LogSettings::name)
        .containsExactly("edge", "cloudfront", "fastly");
    assertThat(settings.get(1).every()).isEqualTo(settings.getFirst().every());
    assertThat(settings.toString()).doesNotContain("s3cret");
    for (RecordComponent component : LogSettings.class.getRecordComponents()) {
      assertThat(logs).containsPattern("\n +#? ?-? ?" + component.getName() + ": ");
    }
  }

  @Test
  void toString_streamWithSecrets_keepsThem() throws Exception {
    ServiceSettings settings =
        read(
            """
            streams:
              - {id: a, url: 'https://u:p@example.com/?token=abc', headers: {X: '${TOKEN}'}}
            tokens:
              - {name: wall, role: viewer, token: '${TOKEN}'}
            """);

    assertThat(settings.toString()).doesNotContain("s3cret").doesNotContain("abc");
  }
}
