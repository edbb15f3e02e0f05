/** Notifications in words, for people. */
package io.aircheck.notify.message;
