package io.winnow.jobs.pipeline;

/** Where rejected events go. */
public record DeadLetterOptions(String topic, DeadLetterFormat format) {}
