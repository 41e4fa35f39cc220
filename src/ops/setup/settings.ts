import { problemWith, type Variable } from '../../config/config.ts';
import { isWritable } from '../env-file.ts';
import { type Finding, isWrong, shown } from '../finding.ts';
import type { Ask } from './ask.ts';

/** The settings as they will be written; questions change them. */
export type Settings = Map<string, string>;

/** How a variable is asked for. */
export interface Question {
  text: string;
  /** Taken when nothing is typed and nothing is there. */
  fallback?: string;
  /** It does not show while it is typed, nor what is there. */
  secret?: true;
  /** It may be left out. */
  optional?: true;
}

/** Asks for a variable until it can be used. What is there is kept when nothing is typed. */
export async function askFor(
  ask: Ask,
  settings: Settings,
  name: Variable,
  { text, fallback, secret, optional }: Question,
): Promise<void> {
  for (;;) {
    const there = settings.get(name) ?? fallback;
    const kept = secret ? 'the one that is there' : there;
    const hint = there === undefined ? (optional ? ' (Enter: none)' : '') : ` (Enter: ${kept})`;
    const value = (await ask.line(`${text}${hint}:`, secret)) || there;
    const problem = value === undefined ? missing(name, optional) : problemIn(name, value);
    if (problem !== undefined) {
      ask.say(problem);
      continue;
    }
    if (value !== undefined) settings.set(name, value);
    return;
  }
}

function missing(name: Variable, optional: true | undefined): string | undefined {
  return optional ? undefined : `${name} is needed here: Ctrl+C stops, and writes nothing.`;
}

function problemIn(name: Variable, value: string): string | undefined {
  if (isWritable(value)) return problemWith(name, value);
  return `${name} may hold no single quote: write it percent-encoded (%27), or take another.`;
}

/** Asks, tries what was answered, and asks again until it works or is to stay as it is. */
export async function untilGood(
  ask: Ask,
  questions: () => Promise<void>,
  check: () => Promise<Finding[]>,
): Promise<void> {
  for (;;) {
    await questions();
    const findings = await check();
    for (const finding of findings) ask.say(shown(finding));
    if (!findings.some(isWrong)) return;
    if (!(await ask.yes('Answer this again? (No leaves it as it is.)', true))) return;
  }
}
