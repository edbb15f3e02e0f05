package io.aircheck.notify.export;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that happened or was measured, as others are told.
 *
 * @param id the same whenever it is told again
 * @param kind what sort of events it is among, one word
 * @param type name of the sort among all events, such as {@code io.aircheck.viewers.sums}
 * @param key what it is about; events of a key stay in order
 * @param atMillis when it happened
 * @param data what there is to tell
 */
public record ExportEvent(
    String id, String kind, String type, String key, long atMillis, JsonNode data) {}
