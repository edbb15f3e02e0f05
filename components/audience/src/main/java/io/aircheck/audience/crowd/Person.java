package io.aircheck.audience.crowd;

/**
 * Somebody who watches.
 *
 * @param cohort where, with what and what content first
 * @param userAgent what the browser calls itself
 * @param roughness how many times as often the way to this viewer stalls as a good one, and how
 *     much longer it takes; at least 1
 */
public record Person(Cohort cohort, String userAgent, double roughness) {
  /** The same person in front of another content. */
  public Person before(Content content) {
    return new Person(cohort.with(Dimension.CONTENT, content.id()), userAgent, roughness);
  }
}
