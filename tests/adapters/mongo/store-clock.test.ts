import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storeClock } from '../../../src/adapters/mongo/store-clock.ts';

/** A machine whose clock shows `machine`, a store whose clock is `ahead` of it, and an answer that takes `trip` ms. */
function world() {
  const state = { machine: 1_000_000, ahead: 0, trip: 0, down: false };
  const storeTime = async () => {
    state.machine += state.trip / 2;
    const time = new Date(state.machine + state.ahead);
    state.machine += state.trip / 2;
    if (state.down) throw new Error('down');
    return time;
  };
  const clock = storeClock(storeTime, () => state.machine);
  return { state, clock, shows: () => clock.now().getTime() };
}

describe('store time', () => {
  it('is the machine’s plus an offset, half the round trip taken off', async () => {
    const { state, clock, shows } = world();
    state.ahead = 7_000;
    state.trip = 400;
    await clock.measure();
    expect(shows()).toBe(state.machine + 7_000);
    state.machine += 50;
    expect(shows()).toBe(state.machine + 7_000);
  });

  it('stands still rather than step back a little, and goes on when the time has passed', async () => {
    const { state, clock, shows } = world();
    state.ahead = 500;
    await clock.measure();
    const before = shows();
    state.ahead = 0;
    await clock.measure();
    expect(shows()).toBe(before);
    state.machine += 499;
    expect(shows()).toBe(before);
    state.machine += 2;
    expect(shows()).toBe(before + 1);
  });

  it('follows at once where the store’s clock was set back for good', async () => {
    const { state, clock, shows } = world();
    state.ahead = 3_600_000;
    await clock.measure();
    shows();
    state.ahead = 0;
    await clock.measure();
    expect(shows()).toBe(state.machine);
  });

  it('hands out a date of its own each time', () => {
    const { clock } = world();
    clock.now().setTime(0);
    expect(clock.now().getTime()).not.toBe(0);
  });
});

describe('following the store', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('measures again at each interval until it is stopped, and keeps its offset while the store is away', async () => {
    const { state, clock, shows } = world();
    const failures: unknown[] = [];
    clock.follow(60_000, (error) => failures.push(error));
    state.ahead = 9_000;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shows()).toBe(state.machine + 9_000);
    state.ahead = 12_000;
    state.down = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shows()).toBe(state.machine + 9_000);
    expect(failures).toHaveLength(1);
    state.down = false;
    clock.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(shows()).toBe(state.machine + 9_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
