package io.aircheck.app.serve.channels;

import io.aircheck.core.notify.Notifier;

/**
 * A place to tell people or systems.
 *
 * @param type name of its factory
 */
public record Channel(String type, Notifier notifier) {}
