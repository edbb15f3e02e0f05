/** Notifications from the outbox to their channels. */
package io.aircheck.notify.dispatch;
