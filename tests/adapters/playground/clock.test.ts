import { expect, it } from 'vitest';
import { PlaygroundClock } from '../../../src/adapters/playground/clock.ts';
import { addDuration } from '../../../src/adapters/playground/duration.ts';
import { startHarness } from './harness.ts';

const at = (iso: string) => new Date(iso);

it('runs with the machine’s time, moves only forward, and is stored', async () => {
  const { stores } = await startHarness();
  const base = { time: at('2026-11-18T10:00:00Z'), now: () => base.time };
  const clock = await PlaygroundClock.open(stores, 'clock-test', base);
  const moves: Date[] = [];
  const end = clock.onMove((now) => moves.push(now));
  expect(clock.now()).toEqual(base.time);

  await clock.moveTo(at('2026-11-20T09:00:00Z'));
  base.time = at('2026-11-18T10:00:05Z');
  expect(clock.now()).toEqual(at('2026-11-20T09:00:05Z'));

  await clock.moveTo(at('2026-11-19T09:00:00Z'));
  expect(clock.now()).toEqual(at('2026-11-20T09:00:05Z'));
  expect(moves).toEqual([at('2026-11-20T09:00:00Z')]);

  const again = await PlaygroundClock.open(stores, 'clock-test', base);
  expect(again.now()).toEqual(clock.now());

  end();
  await clock.reset();
  expect(clock.now()).toEqual(base.time);
  expect(moves).toHaveLength(1);
});

it('moves a day on to the same time of day, also when the clocks change', () => {
  const before = at('2027-03-27T09:00:00Z');
  expect(addDuration(before, '1d', 'Europe/London')).toEqual(at('2027-03-28T08:00:00Z'));
  expect(addDuration(before, '24h', 'Europe/London')).toEqual(at('2027-03-28T09:00:00Z'));
  expect(addDuration(at('2027-01-31T09:00:00Z'), 'P1M', 'UTC')).toEqual(at('2027-02-28T09:00:00Z'));
});
