/** What `inTime` gives when the time is over. */
export const TIMED_OUT = Symbol('late');

/** What the work gives, if it does within `ms`; else LATE, while the work goes on. */
export function withTimeout<T>(ms: number, work: Promise<T>): Promise<T | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(resolve, ms, TIMED_OUT);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
