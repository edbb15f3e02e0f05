package io.aircheck.app.serve;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.cost.Prices;
import io.aircheck.app.serve.access.Access;
import io.aircheck.app.serve.settings.PolicyBook;
import io.aircheck.app.serve.settings.ServiceSettings;
import io.aircheck.app.serve.streams.StreamRegistry;
import io.aircheck.core.detect.DetectorCatalog;
import io.aircheck.core.media.AddressRule;
import io.aircheck.core.media.AddressTerms;
import io.aircheck.core.net.OutboundPolicy;
import java.util.Optional;

/** The settings that the service goes by, with what follows from them. Thread-safe. */
final class ActiveSettings implements AddressRule {

  /**
   * Settings and what follows from them. Immutable.
   *
   * @param outbound where streams and channels may connect to
   * @param prices what is used costs
   */
  record Version(
      ServiceSettings settings,
      PolicyBook policies,
      OutboundPolicy outbound,
      Access access,
      Prices prices) {

    /** What they say of streams. */
    StreamRegistry.Declared declared() {
      return new StreamRegistry.Declared(settings.streams(), policies, outbound);
    }
  }

  private final DetectorCatalog detectors;
  private volatile Version now;

  /**
   * @throws SettingsException when the settings cannot be used after all
   */
  ActiveSettings(DetectorCatalog detectors, ServiceSettings first) throws SettingsException {
    this.detectors = detectors;
    this.now = prepare(first);
  }

  /**
   * Works out what follows from settings, without going by them yet.
   *
   * @throws SettingsException when they cannot be used
   */
  Version prepare(ServiceSettings settings) throws SettingsException {
    return new Version(
        settings,
        PolicyBook.of(settings.policies(), detectors),
        settings.outboundPolicy(),
        new Access(settings.tokens()),
        settings.prices().map(Prices::read).orElseGet(Prices::shipped));
  }

  /** Goes by other settings from now on. */
  void use(Version next) {
    now = next;
  }

  /** As they are at this moment. */
  Version now() {
    return now;
  }

  @Override
  public Optional<String> refusal(String uri) {
    return now.outbound().refusal(uri);
  }

  @Override
  public Optional<AddressTerms> terms() {
    return now.outbound().terms();
  }
}
