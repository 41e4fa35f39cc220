import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The variables that a file sets, by name. */
export type Values = ReadonlyMap<string, string>;

/** A file of `NAME=value` lines, as `npm start`, systemd and Compose read it. */
export interface EnvFile {
  /** Undefined: there is none. */
  readonly text: string | undefined;
  readonly values: Values;
}

/** Reads a file of settings. @throws when it is there and cannot be read. */
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

/** The names of the variables that would be set, set otherwise, or taken out. */
export function changesTo({ values }: EnvFile, wanted: Values): string[] {
  const names = new Set([...values.keys(), ...wanted.keys()]);
  return [...names].filter((name) => values.get(name) !== wanted.get(name));
}

/** The text with these values; comments, and lines of which nothing changes, stay as they are. */
export function withValues(file: EnvFile, wanted: Values): string {
  let text =
    file.text ??
    '# The settings of Convenor, by npm run setup. They hold secrets: for nobody else to read.\n';
  if (text !== '' && !text.endsWith('\n')) text += '\n';
  for (const name of changesTo(file, wanted)) {
    const value = wanted.get(name);
    const line = value === undefined ? '' : `${name}=${quoted(value)}\n`;
    const standing = new RegExp(`^(export[ \\t]+)?${name}[ \\t]*=.*\\n`, 'gm');
    const isThere = standing.test(text);
    text = isThere ? text.replace(standing, () => line) : text + line;
  }
  return text;
}

/** Replaces the file at once: whoever reads it finds the old one or the new one. */
export function writePrivately(path: string, text: string): void {
  const next = `${path}.next`;
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, path);
}

/** In single quotes all who read such files take a value as it stands. */
function quoted(value: string): string {
  if (/^[\w.,:;/@%+=?&~-]*$/.test(value)) return value;
  return `'${value}'`;
}

/** Whether a value can stand in such a file. */
export function isWritable(value: string): boolean {
  return !/['\n\r\0]/.test(value);
}
