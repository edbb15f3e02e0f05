/** Incidents and what happened to them as JSON: the same in the API, in events and in messages. */
package io.aircheck.notify.json;
