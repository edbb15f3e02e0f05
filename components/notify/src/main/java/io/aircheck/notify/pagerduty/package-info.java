/** Events to PagerDuty. */
package io.aircheck.notify.pagerduty;
