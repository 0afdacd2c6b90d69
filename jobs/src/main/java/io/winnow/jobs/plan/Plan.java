package io.winnow.jobs.plan;

/**
 * What was found about a pipeline, and what it takes to run it.
 *
 * @param pipeline its name, as it may be shown
 */
public record Plan(
    String pipeline, TextSample sample, TokenHistogram tokens, Capacity capacity, Demand demand) {}
