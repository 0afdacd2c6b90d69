package io.winnow.operators.flink;

import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.seal.GoldenPolicy;
import java.io.Serializable;

/**
 * What an SLM operator does.
 *
 * @param enrichment name of the enrichment in the pipeline
 * @param model folder of the bundle: a path, or a URI that Flink's file systems read
 * @param heads what the pipeline asks of the bundle's heads
 * @param goldenRecords what becomes of a start whose golden records are answered otherwise
 * @param maxCharacters longest text that is read, in UTF-16 code units
 * @param crashes what becomes of a record that kills the process
 */
public record SlmOptions(
    String enrichment,
    String model,
    HeadOptions heads,
    GoldenPolicy goldenRecords,
    int maxCharacters,
    CrashOptions crashes)
    implements Serializable {}
