package io.aircheck.app.cli;

import io.aircheck.app.config.SettingsException;
import io.aircheck.app.serve.copies.Commons;
import io.aircheck.app.serve.settings.CopySettings;
import io.aircheck.app.serve.settings.ServiceSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Where the other copies of a service reach this one. */
final class CopyAddress {
  private CopyAddress() {}

  /**
   * The address that is set, or else the one that it listens on, or the name of this machine where
   * it listens on all of them.
   *
   * @param port that it listens on
   * @throws SettingsException when there is no such address
   */
  static URI of(ServiceSettings settings, int port) throws SettingsException {
    if (settings.copies().flatMap(CopySettings::address).isPresent()) {
      return settings.copies().flatMap(CopySettings::address).get();
    }
    String address = settings.server().address();
    String host = isAny(address) ? Commons.hostName() : address;
    return URI.create("http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, port));
  }

  private static boolean isAny(String address) throws SettingsException {
    try {
      return InetAddress.getByName(address).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      throw new SettingsException("/server/address", "there is no address " + address);
    }
  }
}
