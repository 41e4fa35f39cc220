import { type Logger, LogLevel } from '@slack/bolt';

/** The logger of Slack's SDK. It logs nothing, because the SDK quotes what people wrote; our own lines report errors. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};
