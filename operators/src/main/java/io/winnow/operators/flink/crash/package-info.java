/**
 * The breaker of crash loops: a record that kills the process again and again becomes a dead
 * letter.
 *
 * <p>Native code that crashes takes the process with it. Its record is read again after the
 * restart, and kills again. What nobody in the process can catch, the next process must find out,
 * from notes that outlive the first: files beside the checkpoints, as any task manager may read the
 * record next.
 *
 * <p>Notes before each record would cost too much, so suspicion grows only as the process dies:
 *
 * <ol>
 *   <li><b>Normal running</b> notes nothing. Each subtask has a mark in the journal from its start
 *       to its orderly end, whether that is the end of its input, a cancellation or an exception. A
 *       mark that is left behind is a death.
 *   <li><b>After a death</b> each subtask writes in its mark which block of 64 offsets of a
 *       partition it reads, once a block: at 20 ms a write, on an object store, and 5 ms a record,
 *       six percent for a subtask that reads every offset.
 *   <li><b>After a death there</b> the blocks in the marks are suspect, and nothing else. A record
 *       of theirs is read alone in the process (of all enrichments of the job), between a note of
 *       its own and the removal of the note. A note that is left behind names the culprit, and no
 *       neighbour.
 *   <li><b>After {@code crash-limit} such deaths in a row</b> the record is a dead letter. Its
 *       notes stay until a checkpoint covers it, so that every replay from before decides the same.
 * </ol>
 *
 * <p>Careful reading ends with the third checkpoint in a row without a suspect. The first alone
 * would be too early: it may complete before the stream is again where it died.
 *
 * <p>Why it is sound: a note is written before the native call and removed when the call returns,
 * in whatever way, so only a death leaves one. Reading it once without dying removes what counted
 * before. Notes carry positions, so that they hold whatever subtask reads the record next. Losing a
 * note, or a mark, costs further deaths, never a record: an answer counts only with the checkpoint
 * that covers it. A kill from outside would have to hit the few milliseconds of the same record
 * each time.
 *
 * <p>What it does not do: a record that throws, or hangs without anybody killing the process, is no
 * crash. Jobs with other class loaders in the same process do not wait for each other. A process
 * that dies while it opens the model blames no record. A restart strategy that gives up early ends
 * the job before the limit.
 */
@NullMarked
package io.winnow.operators.flink.crash;

import org.jspecify.annotations.NullMarked;
