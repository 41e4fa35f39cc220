import { type Logger, LogLevel } from '@slack/bolt';

/**
 * What the SDK is given to log with: nothing of it reaches the log, since its lines quote what people and Slack said.
 * What goes wrong is told by our own lines.
 */
export const quietLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
