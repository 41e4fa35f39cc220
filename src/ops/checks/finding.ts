/** What a check found about one part. */
export interface Finding {
  /** `advice`: it works, and could be better. `wrong`: it does not work, or will not for long. */
  status: 'good' | 'advice' | 'wrong';
  /** Such as `Redis`, or the name of a variable. */
  subject: string;
  /** One sentence, without a secret. */
  message: string;
  /** What to do: a sentence, with the command to type where there is one. */
  remedy?: string;
}

export const good = (subject: string, message: string): Finding => ({
  status: 'good',
  subject,
  message,
});

export const advice = (subject: string, message: string, remedy: string): Finding => ({
  status: 'advice',
  subject,
  message,
  remedy,
});

/** @param remedy absent when the message says what to do. */
export const wrong = (subject: string, message: string, remedy?: string): Finding => ({
  status: 'wrong',
  subject,
  message,
  ...(remedy !== undefined && { remedy }),
});

export const isWrong = ({ status }: Finding) => status === 'wrong';

const STATUS_LABELS = { good: 'ok', advice: 'advice', wrong: 'WRONG' };

/** A finding for the terminal: one line, and a second one for the remedy. */
export function formatFinding({ status, subject, message, remedy }: Finding): string {
  const line = `${STATUS_LABELS[status].padEnd(7)}${subject}: ${message}`;
  return remedy === undefined ? line : `${line}\n       -> ${remedy}`;
}

const MAX_REASON_LENGTH = 300;

/** Fields that errors may have. Slack's SDK calls a cause `original`. */
type ErrorField = 'cause' | 'original' | 'message' | 'code';

/** Why something failed, in one line. Addresses in it lose their user and password. */
export function reasonOf(error: unknown): string {
  const { cause, original, message, code } = error as Partial<Record<ErrorField, unknown>>;
  // `fetch failed` says nothing; its cause does.
  const inner = cause ?? original;
  if (inner instanceof Error) return reasonOf(inner);
  const [line = ''] = String(message || (code ?? error)).split('\n');
  return line.replace(/\/\/[^/\s]*@/g, '//').slice(0, MAX_REASON_LENGTH);
}
