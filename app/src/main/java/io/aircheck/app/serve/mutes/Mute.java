package io.aircheck.app.serve.mutes;

import io.aircheck.app.serve.settings.MuteSettings;

/**
 * A mute that somebody asked for over the API.
 *
 * @param id made by the service
 * @param by name of the token that asked for it, or {@code local}
 */
public record Mute(String id, MuteSettings settings, String by, long createdMillis) {}
