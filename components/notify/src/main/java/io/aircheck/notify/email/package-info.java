/** Mail by SMTP. */
package io.aircheck.notify.email;
