package io.winnow.operators.text;

/**
 * A piece of text of an event.
 *
 * @param path path of the field that holds it; empty where the whole payload is the text
 * @param text its text, unchanged
 */
public record TextField(String path, String text) {}
