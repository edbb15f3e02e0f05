/**
 * Common media client data (CTA-5004 and its second version), as players send it in reports of
 * their own and with their requests: {@link io.aircheck.experience.cmcd.CmcdReports} and {@link
 * io.aircheck.experience.cmcd.CmcdRequests} read it, {@link io.aircheck.experience.cmcd.CmcdParser}
 * parses one set, {@link io.aircheck.experience.cmcd.CmcdMapping} says what it means.
 */
@NullMarked
package io.aircheck.experience.cmcd;

import org.jspecify.annotations.NullMarked;
