/** Alerts to the Alertmanager of Prometheus. */
package io.aircheck.notify.alertmanager;
