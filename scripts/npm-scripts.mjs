import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { answerHelp } from './usage.mjs';

answerHelp(`Usage: node scripts/npm-scripts.mjs
Checks the scripts of package.json: every file and tool is there, and each of our own files answers --help.`);

const HELP_TIMEOUT_MS = 30_000;

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const problems = [];
/** The files and tools that have been checked. */
const done = new Set();
for (const [script, line] of Object.entries(scripts)) {
  for (const { path, isOurs } of line.split('&&').map(parse)) {
    if (!existsSync(path)) problems.push(`"${script}" needs ${path}, which is not there.`);
    else if (isOurs && !done.has(path) && !(await answersHelp(path))) {
      problems.push(`"${script}": ${path} --help has to print its usage and end with 0.`);
    }
    done.add(path);
  }
}
console.log(problems.join('\n') || `${done.size} files and tools.`);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The file that a command runs: ours after `node`, else a tool's. */
function parse(command) {
  const words = command.trim().split(/\s+/);
  const [program, ...args] = words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word)));
  if (program !== 'node') return { path: `node_modules/.bin/${program}`, isOurs: false };
  return { path: args.find((arg) => !arg.startsWith('-')), isOurs: true };
}

async function answersHelp(path) {
  try {
    const options = { timeout: HELP_TIMEOUT_MS };
    const { stdout } = await promisify(execFile)(process.execPath, [path, '--help'], options);
    return stdout.startsWith('Usage: ');
  } catch {
    return false;
  }
}
