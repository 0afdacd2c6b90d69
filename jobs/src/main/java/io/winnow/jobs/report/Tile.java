package io.winnow.jobs.report;

/** A number to see first, with what it is and a few words on how to read it. */
record Tile(String name, String number, String note) {}
