import { CredentialError } from '../core/base/credential-error.ts';

/** A part that is not ready. */
export interface Missing {
  part: string;
  /** The sentence that says what to mend, where somebody has to. */
  mend?: string;
}

/** What a process needs before it can do its work, part by part. */
export interface Readiness {
  /** Adds a part. @param isReady false or a rejection: not ready. */
  part(name: string, isReady: () => boolean | Promise<boolean>): void;
  /**
   * Adds a part, at once, that is ready when it has started, and nothing has troubled it since.
   * @throws what `start` throws; then it never is.
   */
  starting(
    name: string,
    start: () => Promise<void>,
    trouble?: () => CredentialError | undefined,
  ): Promise<void>;
  /** The parts that are not ready, in the order in which they were added. */
  waitingFor(): Promise<Missing[]>;
}

/** A part that takes longer than this to answer is not ready (ms). */
const PATIENCE = 3_000;

/** Keeps the parts of a process. */
export function readiness(): Readiness {
  const parts = new Map<string, () => boolean | Promise<boolean>>();
  const part: Readiness['part'] = (name, isReady) => void parts.set(name, isReady);

  async function missing(
    name: string,
    isReady: () => boolean | Promise<boolean>,
  ): Promise<Missing[]> {
    try {
      return (await Promise.race([isReady(), tooLate()])) ? [] : [{ part: name }];
    } catch (error) {
      return [{ part: name, ...(error instanceof CredentialError && { mend: error.message }) }];
    }
  }

  return {
    part,
    async starting(name, start, trouble = () => undefined) {
      let hasStarted = false;
      part(name, () => {
        const troubled = trouble();
        if (troubled) throw troubled;
        return hasStarted;
      });
      await start();
      hasStarted = true;
    },
    async waitingFor() {
      const asked = [...parts].map(([name, isReady]) => missing(name, isReady));
      return (await Promise.all(asked)).flat();
    },
  };
}

function tooLate(): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, false).unref());
}
