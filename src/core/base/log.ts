/** Where the program writes what an operator should know. Never user text, names or secrets: ids and outcomes. */
export interface Log {
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
}

export interface LogFields {
  readonly [name: string]: string | number | boolean | null | undefined;
}

/** What of an error may be logged: its name and where it was thrown, not its message, which may quote a user. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: frames.slice(0, 6).join(' <') };
}
