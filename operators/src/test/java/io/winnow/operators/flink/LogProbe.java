package io.winnow.operators.flink;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs, until the probe is closed. */
final class LogProbe extends AbstractAppender implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private LogProbe(Logger logger) {
    super("probe", null, null, true, Property.EMPTY_ARRAY);
    this.logger = logger;
  }

  static LogProbe of(Class<?> type) {
    LogProbe probe = new LogProbe((Logger) LogManager.getLogger(type));
    probe.start();
    probe.logger.addAppender(probe);
    return probe;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
