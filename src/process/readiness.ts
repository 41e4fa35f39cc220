import { withTimeout } from '../core/async/with-timeout.ts';
import { CredentialError } from '../core/base/credential-error.ts';
import { QueueError } from '../core/ports/jobs.ts';
import { StoreError } from '../core/ports/store.ts';

/** A part of the process that is not ready. */
export interface MissingPart {
  part: string;
  /** What is wrong, and what somebody has to do about it. Absent when waiting is enough. */
  remedy?: string;
}

type ReadyCheck = () => boolean | Promise<boolean>;

/** Tracks what a process needs before it can do its work, part by part. */
export interface Readiness {
  /** Adds a part, or replaces the one of that name. @param isReady false or a rejection: not ready. */
  addPart(name: string, isReady: ReadyCheck): void;
  /**
   * Adds a part that becomes ready when `start` ends.
   * @param credentialError what is wrong with its credentials since then, if anything.
   * @throws what `start` throws; the part then stays missing.
   */
  startPart(
    name: string,
    start: () => Promise<void>,
    credentialError?: () => CredentialError | undefined,
  ): Promise<void>;
  /** The parts that are not ready, in the order in which they were added. */
  missingParts(): Promise<MissingPart[]>;
}

/** A part that takes longer than this to answer counts as not ready. */
const PART_TIMEOUT_MS = 3_000;

export function readiness(): Readiness {
  const parts = new Map<string, ReadyCheck>();
  const addPart: Readiness['addPart'] = (name, isReady) => void parts.set(name, isReady);

  async function check(part: string, isReady: ReadyCheck): Promise<MissingPart[]> {
    try {
      const answer = await withTimeout(PART_TIMEOUT_MS, (async () => isReady())());
      return answer === true ? [] : [{ part }];
    } catch (error) {
      const isForOperator = [CredentialError, StoreError, QueueError].some(
        (kind) => error instanceof kind,
      );
      return [{ part, ...(isForOperator && { remedy: (error as Error).message }) }];
    }
  }

  return {
    addPart,
    async startPart(name, start, credentialError = () => undefined) {
      let hasStarted = false;
      addPart(name, () => {
        const error = credentialError();
        if (error) throw error;
        return hasStarted;
      });
      await start();
      hasStarted = true;
    },
    async missingParts() {
      return (await Promise.all([...parts].map((part) => check(...part)))).flat();
    },
  };
}
