package io.aircheck.experience.place;

import com.maxmind.db.MaxMindDbParameter;
import io.aircheck.experience.intake.Locator.Location;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the record of a network says of its place, in the layouts of vendors: nested as those of
 * MaxMind and DB-IP, or flat as those of IPinfo. Nothing else of a record is decoded. Public for
 * the library that makes it.
 *
 * @param country of its names and code, or the code itself
 * @param countryCode the code, where {@code country} is a name
 * @param subdivisions parts of the country, the largest first
 * @param region name of the largest part
 * @param regionCode its code within the country
 * @param systemNumber of the autonomous system
 * @param systemName who runs it
 * @param asn the number, or AS and the number
 * @param asName who runs it
 * @param traits of the network, where a database of places has them
 */
public record PlaceRecord(
    @MaxMindDbParameter(name = "country") @Nullable Object country,
    @MaxMindDbParameter(name = "country_code") @Nullable Object countryCode,
    @MaxMindDbParameter(name = "subdivisions") @Nullable Object subdivisions,
    @MaxMindDbParameter(name = "region") @Nullable Object region,
    @MaxMindDbParameter(name = "region_code") @Nullable Object regionCode,
    @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Object systemNumber,
    @MaxMindDbParameter(name = "autonomous_system_organization") @Nullable Object systemName,
    @MaxMindDbParameter(name = "asn") @Nullable Object asn,
    @MaxMindDbParameter(name = "as_name") @Nullable Object asName,
    @MaxMindDbParameter(name = "traits") @Nullable Object traits) {
  private static final Pattern CODE = Pattern.compile("[A-Za-z]{2}");

  /**
   * The place.
   *
   * @param regions whether it has its region
   */
  Location location(boolean regions) {
    String code = code();
    return new Location(code, regions ? region(code) : null, network());
  }

  private @Nullable String code() {
    for (Object told : new @Nullable Object[] {member(country, "iso_code"), countryCode, country}) {
      if (told instanceof String text && CODE.matcher(text).matches()) {
        return text.toUpperCase(Locale.ROOT);
      }
    }
    return null;
  }

  private @Nullable String region(@Nullable String country) {
    Object largest = subdivisions instanceof List<?> all && !all.isEmpty() ? all.getFirst() : null;
    String code = first(member(largest, "iso_code"), regionCode);
    if (code != null && country != null) {
      return country + "-" + code;
    }
    return first(member(member(largest, "names"), "en"), region);
  }

  /** Its number, since vendors spell names differently, and all logs have the number. */
  private @Nullable String network() {
    return first(
        systemNumber,
        asn,
        member(traits, "autonomous_system_number"),
        systemName,
        asName,
        member(traits, "autonomous_system_organization"));
  }

  /** The first that says anything. */
  private static @Nullable String first(@Nullable Object... told) {
    for (Object one : told) {
      String text = one instanceof String || one instanceof Number ? one.toString() : "";
      if (!text.isBlank() && !text.equals("0")) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable Object member(@Nullable Object map, String name) {
    return map instanceof Map<?, ?> members ? members.get(name) : null;
  }
}
