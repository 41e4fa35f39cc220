import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The variables that a file sets, by name. */
export type EnvValues = ReadonlyMap<string, string>;

/** A file of `NAME=value` lines that Node, systemd and Docker Compose read alike. */
export interface EnvFile {
  /** Undefined: there is no such file. */
  readonly text: string | undefined;
  readonly values: EnvValues;
}

/** Reads a file of settings; empty values count as absent. @throws when it is there and cannot be read. */
export function readEnvFile(path: string): EnvFile {
  try {
    const text = readFileSync(path, 'utf8');
    const values = Object.entries(parseEnv(text)).map(
      ([name, value]) => [name, value ?? ''] as const,
    );
    return { text, values: new Map(values.filter(([, value]) => value !== '')) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { text: undefined, values: new Map() };
  }
}

/** The names of the variables that would be added, changed or removed. */
export function changedVariables({ values }: EnvFile, wanted: EnvValues): string[] {
  const names = new Set([...values.keys(), ...wanted.keys()]);
  return [...names].filter((name) => values.get(name) !== wanted.get(name));
}

/** The text of the file with these values. Comments and unchanged lines stay as they are. */
export function withValues(file: EnvFile, wanted: EnvValues): string {
  let text =
    file.text ??
    '# The settings of Convenor, by npm run setup. They hold secrets: for nobody else to read.\n';
  if (text !== '' && !text.endsWith('\n')) text += '\n';
  for (const name of changedVariables(file, wanted)) {
    const value = wanted.get(name);
    const line = value === undefined ? '' : `${name}=${quoteValue(value)}\n`;
    const assignment = new RegExp(`^(export[ \\t]+)?${name}[ \\t]*=.*\\n`, 'gm');
    const isThere = assignment.test(text);
    text = isThere ? text.replace(assignment, () => line) : text + line;
  }
  return text;
}

/** Every reader of such files takes a value in single quotes literally. */
function quoteValue(value: string): string {
  if (/^[\w.,:/@%+=-]*$/.test(value)) return value;
  return `'${value}'`;
}

/** Whether a value can be written to such a file. */
export function isQuotable(value: string): boolean {
  return !/['\n\r\0]/.test(value);
}

/** The settings file, in the folder in which Convenor is started. */
export const ENV_FILE = '.env';
