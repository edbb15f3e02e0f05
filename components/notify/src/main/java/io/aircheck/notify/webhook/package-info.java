/** Signed CloudEvents to addresses that operators name, and remedies, which are asked to act. */
package io.aircheck.notify.webhook;
