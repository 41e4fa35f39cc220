/** What a process needs before it can do its work, part by part. */
export interface Readiness {
  /** Adds a part. @param isReady false or a rejection: not ready. */
  part(name: string, isReady: () => boolean | Promise<boolean>): void;
  /** Adds a part, at once, that is ready when it has started. @throws what `start` throws; then it never is. */
  starting(name: string, start: () => Promise<void>): Promise<void>;
  /** The names of the parts that are not ready, in the order in which they were added. */
  waitingFor(): Promise<string[]>;
}

/** A part that takes longer than this to answer is not ready (ms). */
const PATIENCE = 3_000;

/** Keeps the parts of a process. */
export function readiness(): Readiness {
  const parts = new Map<string, () => boolean | Promise<boolean>>();
  const part: Readiness['part'] = (name, isReady) => void parts.set(name, isReady);
  return {
    part,
    async starting(name, start) {
      let hasStarted = false;
      part(name, () => hasStarted);
      await start();
      hasStarted = true;
    },
    async waitingFor() {
      const asked = [...parts].map(async ([name, isReady]) => {
        const answer = Promise.resolve()
          .then(isReady)
          .catch(() => false);
        return (await Promise.race([answer, tooLate()])) ? [] : [name];
      });
      return (await Promise.all(asked)).flat();
    },
  };
}

function tooLate(): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE, false).unref());
}
