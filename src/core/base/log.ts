/** The operator's log. It gets ids and outcomes, never what users typed, names or secrets. */
export interface Log {
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
}

/** Structured data of a log line. */
export interface LogFields {
  readonly [name: string]: string | number | boolean | null | undefined;
}

/** The parts of an error that may be logged: its name and its stack, but not its message, which may quote a user. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: frames.slice(0, 6).join(' <') };
}
