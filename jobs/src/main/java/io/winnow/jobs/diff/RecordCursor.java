package io.winnow.jobs.diff;

import io.winnow.jobs.format.SourceRecord;
import java.io.IOException;
import java.util.List;

/** Goes through the records of one partition, in their order. */
public interface RecordCursor {
  boolean isAtEnd();

  /** Returns the next records; none where there are none yet, or no more. */
  List<SourceRecord> next() throws IOException, InterruptedException;
}
