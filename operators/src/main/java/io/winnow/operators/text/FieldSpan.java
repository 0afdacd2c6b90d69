package io.winnow.operators.text;

/**
 * A piece of one field of an event.
 *
 * @param field path of the field
 * @param start first position in the field, in UTF-16 code units
 * @param end position behind the piece in the field, in UTF-16 code units
 * @param text the field from start to end
 */
public record FieldSpan(String field, int start, int end, String text) {}
