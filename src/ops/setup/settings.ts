import { type Variable, variableProblem } from '../../config/config.ts';
import { type Finding, formatFinding, isWrong } from '../checks/finding.ts';
import { isQuotable } from '../files/env-file.ts';
import type { Prompt } from '../terminal/prompt.ts';

/** The settings that will be written. The questions change them. */
export type Settings = Map<string, string>;

/** How a variable is asked for. */
export interface Question {
  text: string;
  /** Taken when nothing is typed and the variable is not set. */
  fallback?: string;
  /** Neither the typed value nor the current one is shown. */
  secret?: true;
  /** It may be left out. */
  optional?: true;
}

/** Asks for a variable until its value is valid. Typing nothing keeps the current value. */
export async function askForVariable(
  prompt: Prompt,
  settings: Settings,
  name: Variable,
  { text, fallback, secret, optional }: Question,
): Promise<void> {
  for (;;) {
    const current = settings.get(name) ?? fallback;
    const kept = secret ? 'the one that is there' : current;
    const hint = current === undefined ? (optional ? ' (Enter: none)' : '') : ` (Enter: ${kept})`;
    const value = (await prompt.ask(`${text}${hint}:`, secret)) || current;
    const problem =
      value === undefined ? requiredProblem(name, optional) : valueProblem(name, value);
    if (problem !== undefined) {
      prompt.say(problem);
      continue;
    }
    if (value !== undefined) settings.set(name, value);
    return;
  }
}

function requiredProblem(name: Variable, optional: true | undefined): string | undefined {
  return optional ? undefined : `${name} is needed here: Ctrl+C stops, and writes nothing.`;
}

function valueProblem(name: Variable, value: string): string | undefined {
  if (isQuotable(value)) return variableProblem(name, value);
  return `${name} may hold no single quote: write it percent-encoded (%27), or take another.`;
}

/** Asks the questions and checks the answers; asks again until nothing is wrong, or the person wants to keep them. */
export async function askUntilValid(
  prompt: Prompt,
  questions: () => Promise<void>,
  check: () => Promise<Finding[]>,
): Promise<void> {
  for (;;) {
    await questions();
    const findings = await check();
    for (const finding of findings) prompt.say(formatFinding(finding));
    if (!findings.some(isWrong)) return;
    if (!(await prompt.confirm('Answer this again? (No leaves it as it is.)', true))) return;
  }
}
