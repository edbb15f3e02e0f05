/** HTTP as channels need it: bounded in time and size, with one meaning for every answer. */
package io.aircheck.notify.http;
