import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storeClock } from '../../../src/adapters/mongo/store-clock.ts';

/** A machine whose clock shows `machine`, a store whose clock is `ahead` of it (ms), and answers that take `trips` ms each way. */
function world() {
  const state = { machine: 1_000_000, ahead: 0, trips: [] as [number, number][], down: false };
  const storeTime = async () => {
    const [there, back] = state.trips.shift() ?? [0, 0];
    state.machine += there;
    const time = new Date(state.machine + state.ahead);
    state.machine += back;
    if (state.down) throw new Error('down');
    return time;
  };
  const clock = storeClock(storeTime, () => state.machine);
  return { state, clock, shows: () => clock.now().getTime() };
}

describe('store time', () => {
  it('is the machine’s time plus an offset, taken from the quickest of several answers', async () => {
    const { state, clock, shows } = world();
    state.ahead = 7_000;
    state.trips = [
      [200, 200],
      [90, 4],
      [30, 60],
    ];
    await clock.measure();
    expect(shows()).toBe(state.machine + 7_000 - 4);
    state.machine += 50;
    expect(shows()).toBe(state.machine + 7_000 - 4);
  });

  it('is never ahead of the store’s, however slow the answers are', async () => {
    const { state, clock, shows } = world();
    state.trips = [
      [0, 400],
      [0, 300],
      [500, 20],
    ];
    await clock.measure();
    expect(shows()).toBe(state.machine - 20);
  });

  it('stands still instead of stepping back a little, and goes on when that time has passed', async () => {
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

  it('follows at once when the store’s clock was set back for good', async () => {
    const { state, clock, shows } = world();
    state.ahead = 3_600_000;
    await clock.measure();
    shows();
    state.ahead = 0;
    await clock.measure();
    expect(shows()).toBe(state.machine);
  });

  it('returns a new Date each time', () => {
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
