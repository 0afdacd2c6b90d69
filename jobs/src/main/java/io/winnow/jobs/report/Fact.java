package io.winnow.jobs.report;

/** Something to know of what was measured. */
record Fact(String name, String value) {}
