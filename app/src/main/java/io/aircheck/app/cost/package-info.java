/** What deployments cost: prices, bills, and what an account's quotas allow. */
@NullMarked
package io.aircheck.app.cost;

import org.jspecify.annotations.NullMarked;
