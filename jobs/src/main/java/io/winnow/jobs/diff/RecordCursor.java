package io.winnow.jobs.diff;

import io.winnow.jobs.format.SourceRecord;
import java.io.IOException;
import java.util.List;

/** Goes through the records of one partition, in their order. */
public interface RecordCursor {
  boolean isAtEnd();

  /** Returns the next records; none at the end, or where others take their positions. */
  List<SourceRecord> next() throws IOException, InterruptedException;
}
