/** What `inTime` gives when the time is over. */
export const LATE = Symbol('late');

/** What the work gives, if it does within `ms`; else LATE, while the work goes on. */
export function inTime<T>(ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, ms, LATE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
