package io.winnow.operators.flink;

import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.seal.GoldenPolicy;
import java.io.Serializable;

/**
 * What an SLM operator does.
 *
 * @param enrichment name of the enrichment in the pipeline
 * @param model the bundle that answers
 * @param heads what the pipeline asks of the bundle's heads
 * @param goldenRecords what becomes of a start whose golden records are answered otherwise
 * @param batching whether events share forward passes
 * @param maxCharacters longest text that is read, in UTF-16 code units
 * @param answerCacheBytes heap that recent answers of the model may take in a process; 0 for none
 * @param crashes what becomes of a record that kills the process
 */
public record SlmOptions(
    String enrichment,
    ModelReference model,
    HeadOptions heads,
    GoldenPolicy goldenRecords,
    Batching batching,
    int maxCharacters,
    long answerCacheBytes,
    CrashOptions crashes)
    implements Serializable {}
