// Files that are made from the code: a script writes them, or with --check only compares.
import { readFile, writeFile } from 'node:fs/promises';

/** What a file of the repository says; nothing where it is not there. */
export function read(name) {
  return readFile(fileAt(name), 'utf8').catch(() => '');
}

/**
 * Makes a file say what it should; with --check it is only told where it does not.
 * @param {{ source: string, command: string }} how what it is made from, and the command that makes it.
 */
export async function generate(name, text, { source, command }) {
  if (!process.argv.includes('--check')) return writeFile(fileAt(name), text);
  if (text === (await read(name))) return;
  console.error(`${name} does not say what ${source}. Run: ${command}`);
  process.exitCode = 1;
}

const fileAt = (name) => new URL(`../${name}`, import.meta.url);
