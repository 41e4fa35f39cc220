import { spawn } from 'node:child_process';
import { addToLock } from './lock.mjs';

/** Something the reader can mend: shown as it is, without a stack. */
export class Problem extends Error {
  name = 'Problem';
}

/**
 * Runs a program to its end, without input, and keeps what it says.
 * @param {{ env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show`: the output is also seen as it comes.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { env = process.env, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid) addToLock(child.pid);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (show) process.stdout.write(text);
      });
    }
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
  });
}
