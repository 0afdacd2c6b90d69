package io.winnow.jobs.replay;

import java.io.Serializable;

/**
 * Who comes first: a replay stands still while a consumer group is too far behind.
 *
 * @param group consumer group of the live job
 * @param maxLag records that it may be behind, of all partitions together
 */
public record Yielding(String group, long maxLag) implements Serializable {}
