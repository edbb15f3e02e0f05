package io.aircheck.core.media;

import java.io.Serializable;
import java.util.List;

/**
 * What a rule of addresses allows, in plain values, for a process that has to decide without
 * whoever made the rule. Immutable.
 *
 * @param schemes schemes of addresses, lower case; {@code file} stands for plain paths too
 * @param privateNetworks whether loopback and private addresses are allowed
 * @param folders paths of the folders below which files may be read, as the deciding process has
 *     them
 */
public record AddressTerms(List<String> schemes, boolean privateNetworks, List<String> folders)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public AddressTerms {
    schemes = List.copyOf(schemes);
    folders = List.copyOf(folders);
  }
}
