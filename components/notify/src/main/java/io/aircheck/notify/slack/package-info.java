/** Messages to Slack and what takes the same. */
package io.aircheck.notify.slack;
