package io.winnow.jobs.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.kafka.util.AdminUtils;
import org.apache.kafka.clients.admin.Admin;

/**
 * Asks the brokers what the connector's exactly-once writer asks first, with a client that is
 * closed.
 */
final class TransactionProbe implements Serializable {
  private static final long serialVersionUID = 1;

  static final TransactionProbe NONE = new TransactionProbe(new Properties(), List.of());

  private final Properties clients;
  private final List<String> topics;

  /**
   * Creates a probe.
   *
   * @param topics those that are written in transactions; none where there are no transactions
   */
  TransactionProbe(Properties clients, List<String> topics) {
    this.clients = clients;
    this.topics = topics;
  }

  /**
   * Returns once the brokers have told the open transactions.
   *
   * @throws IOException if they do not
   */
  void ask() throws IOException {
    if (topics.isEmpty()) {
      return;
    }
    try (Admin admin = Admin.create(clients)) {
      AdminUtils.getOpenTransactionsForTopics(admin, topics);
    } catch (RuntimeException e) {
      throw new IOException(
          "Expected the brokers to tell the open transactions of %s".formatted(topics), e);
    }
  }
}
