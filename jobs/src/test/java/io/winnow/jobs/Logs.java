package io.winnow.jobs;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * What everything in this process logs, until it is closed: our own code at DEBUG, all other at
 * INFO, with stack traces. Nothing of it goes to the console.
 */
public final class Logs extends AbstractAppender implements AutoCloseable {
  private final LoggerContext context;
  private final StringBuilder text = new StringBuilder();

  private Logs(LoggerContext context) {
    super(
        "capture",
        null,
        PatternLayout.newBuilder().withPattern("%p %c %m%n%throwable").build(),
        true,
        Property.EMPTY_ARRAY);
    this.context = context;
  }

  public static Logs capture() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Logs logs = new Logs(context);
    logs.start();
    LoggerConfig root = context.getConfiguration().getRootLogger();
    root.getAppenders().keySet().forEach(root::removeAppender);
    root.addAppender(logs, null, null);
    Configurator.setRootLevel(Level.INFO);
    Configurator.setLevel("io.winnow", Level.DEBUG);
    return logs;
  }

  @Override
  public synchronized void append(LogEvent event) {
    text.append(getLayout().toSerializable(event));
  }

  public synchronized String text() {
    return text.toString();
  }

  @Override
  public void close() {
    context.reconfigure();
    stop();
  }
}
