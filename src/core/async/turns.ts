import { setImmediate } from 'node:timers/promises';

/** How many steps may run before others have a turn. */
const STEPS_PER_TURN = 100;

/** Makes a function to wait for between the steps of long work: now and then it lets others have a turn. */
export function turns(): () => Promise<void> | undefined {
  let steps = 0;
  return () => (++steps % STEPS_PER_TURN === 0 ? setImmediate() : undefined);
}
