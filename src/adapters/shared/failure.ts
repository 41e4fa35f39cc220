import type { Failure } from '../../core/ports/platform.ts';

/** The pause before the next try when the platform was not reached. */
export const RETRY_WHEN_UNREACHABLE_MS = 10_000;

/** Try again at once; nothing was posted. */
export const RETRY_NOW: Failure = { outcome: 'later', ms: 0 };

/** How the error codes of a platform are sorted. */
interface ErrorTable<Code> {
  /** The platform did not take the call, but will after some time. */
  later: readonly { ms: number; codes: readonly Code[] }[];
  /** Nobody knows whether the call was done. */
  unknown?: readonly Code[];
  /** The call will be refused until somebody changes something. `reason` is in words for a coordinator. */
  permanent: readonly { reason: string; codes: readonly Code[] }[];
}

/** @returns looks up what an error code means for a delivery; undefined for a code that is not in the table. */
export function failuresByCode<Code>({
  later,
  unknown = [],
  permanent,
}: ErrorTable<Code>): (code: Code) => Failure | undefined {
  const entries = (codes: readonly Code[], failure: Failure) =>
    codes.map((code) => [code, failure] as const);
  const failures: ReadonlyMap<Code, Failure> = new Map([
    ...later.flatMap(({ ms, codes }) => entries(codes, { outcome: 'later', ms })),
    ...entries(unknown, { outcome: 'unknown' }),
    ...permanent.flatMap(({ reason, codes }) => entries(codes, { outcome: 'permanent', reason })),
  ]);
  return (code) => failures.get(code);
}
