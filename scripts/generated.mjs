import { readFile, writeFile } from 'node:fs/promises';

/** The text of a file of the project; empty if there is none. */
export function read(name) {
  return readFile(fileAt(name), 'utf8').catch(() => '');
}

/**
 * Writes a generated file. With `--check` on the command line it only compares, and fails if the file is out of date.
 * @param {{ source: string, command: string }} how what the text comes from, and the command that writes it.
 */
export async function generate(name, text, { source, command }) {
  if (!process.argv.includes('--check')) return writeFile(fileAt(name), text);
  if (text === (await read(name))) return;
  console.error(`${name} does not say what ${source}. Run: ${command}`);
  process.exitCode = 1;
}

const fileAt = (name) => new URL(`../${name}`, import.meta.url);
