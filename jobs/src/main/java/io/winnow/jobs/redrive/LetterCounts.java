package io.winnow.jobs.redrive;

/**
 * What a range of a dead-letter topic holds, as a redrive sees it.
 *
 * @param letters dead letters of the asked reasons, of this source topic and of the asked origin
 * @param redriven of them, those that were sent back by an earlier redrive
 * @param tombstones of them, those without a value to send
 * @param cut of them, those whose payload did not fit into the topic
 * @param copies of them, those of records that another one goes back for
 * @param others dead letters of another source topic, or not of the asked origin
 * @param unreadable records that are no dead letters
 */
public record LetterCounts(
    long letters,
    long redriven,
    long tombstones,
    long cut,
    long copies,
    long others,
    long unreadable) {}
