/** What a check found: of which part, what it is like, and what to do about it. */
export interface Finding {
  /** `advice`: it works, and could be better. `wrong`: it does not work, or will not for long. */
  state: 'good' | 'advice' | 'wrong';
  /** Such as `Redis`, or the name of a variable. */
  about: string;
  /** One sentence, without a secret. */
  says: string;
  /** What to do, in a sentence that names the command where there is one. */
  mend?: string;
}

export const good = (about: string, says: string): Finding => ({ state: 'good', about, says });

export const advice = (about: string, says: string, mend: string): Finding => ({
  state: 'advice',
  about,
  says,
  mend,
});

/** @param mend absent: what is said says it already. */
export const wrong = (about: string, says: string, mend?: string): Finding => ({
  state: 'wrong',
  about,
  says,
  ...(mend !== undefined && { mend }),
});

export const isWrong = ({ state }: Finding) => state === 'wrong';

const MARKS = { good: 'ok', advice: 'advice', wrong: 'WRONG' };

/** A finding as a terminal shows it: a line, and below it what to do. */
export function shown({ state, about, says, mend }: Finding): string {
  const line = `${MARKS[state].padEnd(7)}${about}: ${says}`;
  return mend === undefined ? line : `${line}\n       -> ${mend}`;
}

const LONGEST_REASON = 300;

/** What errors tell; Slack's SDK calls a cause `original`. */
type Told = 'cause' | 'original' | 'message' | 'code';

/** Why something failed, in a line. Addresses in it lose their user and password. */
export function reasonOf(error: unknown): string {
  const { cause, original, message, code } = error as Partial<Record<Told, unknown>>;
  // `fetch failed` tells nothing; what lies beneath does.
  const beneath = cause ?? original;
  if (beneath instanceof Error) return reasonOf(beneath);
  const [line = ''] = String(message || (code ?? error)).split('\n');
  return line.replace(/\/\/[^/\s]*@/g, '//').slice(0, LONGEST_REASON);
}
