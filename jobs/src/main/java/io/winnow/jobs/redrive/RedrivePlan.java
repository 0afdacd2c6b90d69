package io.winnow.jobs.redrive;

import java.util.Map;

/**
 * What a redrive is going to do, to be shown.
 *
 * @param pipeline name of the pipeline
 * @param topic the dead-letter topic
 * @param resumed whether it goes on with one that did not end
 * @param counts what the range holds
 * @param sent dead letters that go back
 * @param byReason of them, those of each reason
 */
public record RedrivePlan(
    String id,
    String pipeline,
    String topic,
    boolean resumed,
    LetterCounts counts,
    int sent,
    Map<String, Integer> byReason) {}
