package io.winnow.jobs.cli;

/** Whether a replay makes the topic that it writes to. */
enum TopicCreation {
  /** It must exist. */
  NONE,
  /** With the plan. */
  NOW,
  /** The plan only is asked for. */
  LATER
}
