package io.winnow.jobs;

import io.winnow.jobs.format.SourceRecord;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Where a job reads what Winnow wrote, and goes on with the records that were read then. */
final class Originals {
  private Originals() {}

  static SingleOutputStreamOperator<SourceRecord> of(
      SingleOutputStreamOperator<SourceRecord> written,
      FlatMapFunction<SourceRecord, SourceRecord> original) {
    return written
        .flatMap(original)
        .returns(TypeInformation.of(SourceRecord.class))
        .name("original")
        .uid(Uids.ORIGINAL)
        .setParallelism(written.getParallelism());
  }
}
