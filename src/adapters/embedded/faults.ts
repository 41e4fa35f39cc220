import { CommandError } from './errors.ts';

/** Failures that a test asks for, since a store this small never produces the ones of a busy server. */
export interface FaultPlan {
  /** Taken in order; may be added to while the store runs. */
  failures?: Failure[];
  /** Gives results that were not sorted in a random order, as MongoDB is free to. */
  shuffleUnsorted?: boolean;
}

/** Fails the next `times` calls of a command, before anything is changed. */
interface Failure {
  readonly command: string;
  readonly code: number;
  times: number;
}

/** Counts the call, and gives the error when it is to fail. */
export function takeFault(plan: FaultPlan, command: string): CommandError | undefined {
  const failure = plan.failures?.find((one) => one.command === command && one.times > 0);
  if (!failure) return undefined;
  failure.times--;
  return new CommandError(failure.code, `A planned failure of ${command}`);
}

/** The rows in a random order. */
export function shuffled<T>(rows: readonly T[]): T[] {
  const drawn = rows.map((row) => ({ row, at: Math.random() }));
  return drawn.sort((a, b) => a.at - b.at).map(({ row }) => row);
}
