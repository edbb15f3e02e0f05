package io.aircheck.app.serve.settings;

import io.aircheck.app.UsageException;
import io.aircheck.app.config.SettingsException;
import io.aircheck.app.cost.Prices;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.detect.Suggestion;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierCatalog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What settings must fulfil beyond their form: names that exist, values that go together. */
public final class SettingsCheck {
  /** Ids are parts of addresses and file names. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final Pattern HEX_KEY = Pattern.compile("[0-9A-Fa-f]{32}");
  private static final int MIN_TOKEN_LENGTH = 16;
  private static final OutboundPolicy NOWHERE = new OutboundPolicy(Set.of(), false, List.of());

  private final DetectorCatalog catalog;
  private final NotifierCatalog channelTypes;
  private final boolean ofAService;

  /**
   * @param catalog detectors that policies may name
   * @param channelTypes types of channels that are installed
   */
  public SettingsCheck(DetectorCatalog catalog, NotifierCatalog channelTypes) {
    this(catalog, channelTypes, true);
  }

  private SettingsCheck(DetectorCatalog catalog, NotifierCatalog channelTypes, boolean ofAService) {
    this.catalog = catalog;
    this.channelTypes = channelTypes;
    this.ofAService = ofAService;
  }

  /** The same for a job of a cluster, whose machines lack files that a service alone reads. */
  public SettingsCheck ofAJob() {
    return new SettingsCheck(catalog, channelTypes, false);
  }

  /**
   * Checks everything.
   *
   * @throws SettingsException for the first thing that is wrong
   */
  public void check(ServiceSettings settings) throws SettingsException {
    checkServer(settings);
    checkTokens(settings.tokens());
    PolicyBook policies = PolicyBook.of(settings.policies(), catalog);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < settings.streams().size(); i++) {
      StreamSettings stream = settings.streams().get(i);
      String pointer = "/streams/" + i;
      try {
        if (stream.id().isEmpty()) {
          throw new SettingsException("", "needs an id, such as \"id: news\"");
        }
        checkStream(stream, policies);
      } catch (SettingsException e) {
        throw e.within(pointer);
      }
      if (!ids.add(stream.id())) {
        throw new SettingsException(
            pointer + "/id", "two streams have the id " + stream.id() + "; ids must be unique");
      }
    }
    settings.grouping().check();
    settings.isolation().check();
    settings.capacity().check();
    settings.viewers().check(policies, NOWHERE);
    if (ofAService) {
      checkPrices(settings.prices());
      settings.viewers().checkLocations();
    }
    settings.viewers().archive().check(settings.evidence().s3());
    checkCopies(settings);
    if (settings.store().isPresent()) {
      try {
        settings.store().get().check();
      } catch (SettingsException e) {
        throw e.within("/store");
      }
    }
    if (settings.evidence().s3().isPresent()) {
      settings.evidence().s3().get().check("/evidence/s3");
    }
    checkMutes(settings.mutes());
    for (Map.Entry<String, ChannelDeclaration> channel : settings.channels().entrySet()) {
      checkChannel("/channels/" + channel.getKey(), channel.getValue());
    }
    checkRoutes(settings);
  }

  private static void checkPrices(Optional<Path> file) throws SettingsException {
    if (file.isPresent()) {
      try {
        Prices.read(file.get());
      } catch (UsageException e) {
        throw new SettingsException("/prices", String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * Checks what is said of copies.
   *
   * @throws SettingsException for what cannot be, such as copies without a store in common
   */
  public void checkCopies(ServiceSettings settings) throws SettingsException {
    if (settings.copies().isEmpty()) {
      return;
    }
    settings.copies().get().check(catalog);
    if (settings.store().isEmpty()) {
      throw new SettingsException(
          "/copies", "need a store in PostgreSQL that all of them use; add one under \"store\"");
    }
    settings.viewers().checkCopies(settings.tokens());
  }

  private static void checkServer(ServiceSettings settings) throws SettingsException {
    int port = settings.server().port();
    if (port < 0 || port > 65535) {
      throw new SettingsException("/server/port", "is " + port + ", must be from 0 to 65535");
    }
    if (!isLoopback(settings.server().address()) && settings.tokens().isEmpty()) {
      throw new SettingsException(
          "/server/address",
          "others can reach the service at %s, so it needs tokens; add one under \"tokens\", or listen on 127.0.0.1"
              .formatted(settings.server().address()));
    }
  }

  /** Whether an address to listen on can be reached from this machine alone. */
  public static boolean isLoopback(String address) throws SettingsException {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new SettingsException("/server/address", "there is no address " + address);
    }
  }

  private static void checkTokens(List<TokenSettings> tokens) throws SettingsException {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      TokenSettings token = tokens.get(i);
      if (token.name().isBlank() || !names.add(token.name())) {
        throw new SettingsException(
            "/tokens/" + i + "/name", "every token needs a name of its own");
      }
      if (token.token().length() < MIN_TOKEN_LENGTH) {
        throw new SettingsException(
            "/tokens/" + i + "/token",
            "must have %d characters or more".formatted(MIN_TOKEN_LENGTH));
      }
    }
  }

  /**
   * Checks one stream, except that it has an id and that nobody else has it.
   *
   * @throws SettingsException with a pointer into the stream
   */
  public void checkStream(StreamSettings stream, PolicyBook policies) throws SettingsException {
    if (!stream.id().isEmpty() && !ID.matcher(stream.id()).matches()) {
      throw new SettingsException(
          "/id", "must be letters, digits, dots, dashes and underscores, 100 at most");
    }
    if (stream.url().isBlank()) {
      throw new SettingsException("/url", "is missing: the address of the stream");
    }
    if (policies.find(stream.policy()).isEmpty()) {
      throw new SettingsException(
          "/policy",
          "there is no policy "
              + stream.policy()
              + Suggestion.among(new TreeSet<>(policies.names()), stream.policy()));
    }
    if (stream.priority() < 0 || stream.priority() > 100) {
      throw new SettingsException(
          "/priority", "is " + stream.priority() + ", must be from 0 to 100");
    }
    for (Map.Entry<String, String> key : stream.keys().entrySet()) {
      boolean id = key.getKey().equals("*") || HEX_KEY.matcher(key.getKey()).matches();
      if (!id || !HEX_KEY.matcher(key.getValue()).matches()) {
        throw new SettingsException(
            "/keys", "must be key ids (or \"*\") with keys, 32 hexadecimal digits each");
      }
    }
    if (stream.schedule().isPresent()) {
      Schedule schedule = stream.schedule().get();
      if (schedule.from().isPresent()
          && schedule.to().isPresent()
          && !schedule.from().get().isBefore(schedule.to().get())) {
        throw new SettingsException("/schedule/to", "must be after from");
      }
    }
  }

  /**
   * Checks that the addresses of a stream are allowed.
   *
   * @throws SettingsException with a pointer into the stream
   */
  public static void checkAddresses(StreamSettings stream, OutboundPolicy outbound)
      throws SettingsException {
    try {
      outbound.check(stream.url());
    } catch (OutboundPolicy.DeniedException e) {
      throw new SettingsException("/url", String.valueOf(e.getMessage()));
    }
    if (stream.reference().isPresent()) {
      try {
        outbound.check(stream.reference().get());
      } catch (OutboundPolicy.DeniedException e) {
        throw new SettingsException("/reference", String.valueOf(e.getMessage()));
      }
    }
  }

  /**
   * Checks mutes.
   *
   * @throws SettingsException for one without an end
   */
  private static void checkMutes(List<MuteSettings> mutes) throws SettingsException {
    for (int i = 0; i < mutes.size(); i++) {
      try {
        checkMute(mutes.get(i));
      } catch (SettingsException e) {
        throw e.within("/mutes/" + i);
      }
    }
  }

  /**
   * Checks one mute.
   *
   * @throws SettingsException with a pointer into it
   */
  public static void checkMute(MuteSettings mute) throws SettingsException {
    if (mute.to().isEmpty()) {
      throw new SettingsException(
          "", "needs an end, \"to\", so that nothing stays mute by mistake");
    }
    if (mute.from().isPresent() && !mute.from().get().isBefore(mute.to().get())) {
      throw new SettingsException("/to", "must be after from");
    }
  }

  private void checkChannel(String pointer, ChannelDeclaration channel) throws SettingsException {
    try (Notifier made = channelTypes.create(channel.type(), channel.values(), NOWHERE)) {
      // That it can be made is all that is asked; it has connected to nothing.
    } catch (IllegalArgumentException e) {
      throw new SettingsException(pointer, String.valueOf(e.getMessage()));
    }
  }

  private static void checkRoutes(ServiceSettings settings) throws SettingsException {
    for (int i = 0; i < settings.routes().size(); i++) {
      RouteSettings route = settings.routes().get(i);
      if (route.channels().isEmpty()) {
        throw new SettingsException("/routes/" + i, "names no channels; nobody would be told");
      }
      for (int c = 0; c < route.channels().size(); c++) {
        String name = route.channels().get(c);
        if (!settings.channels().containsKey(name)) {
          throw new SettingsException(
              "/routes/%d/channels/%d".formatted(i, c),
              "there is no channel "
                  + name
                  + Suggestion.among(new TreeSet<>(settings.channels().keySet()), name));
        }
      }
    }
  }
}
