package io.winnow.jobs.report;

import java.util.List;

/**
 * Labels of a text from one side.
 *
 * @param name whose they are
 * @param note words where there is no label
 */
record ChipLine(String name, List<Chip> chips, String note) {}
