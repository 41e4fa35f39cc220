import { setImmediate } from 'node:timers/promises';

/** How many steps may run before others have a turn. */
const STEPS_PER_TURN = 100;

/**
 * Makes a function to wait for between the steps of long work: now and then it lets others have a turn.
 * @param stepsPerTurn fewer for steps that take long.
 */
export function turns(stepsPerTurn = STEPS_PER_TURN): () => Promise<void> | undefined {
  let steps = 0;
  return () => (++steps % stepsPerTurn === 0 ? setImmediate() : undefined);
}
