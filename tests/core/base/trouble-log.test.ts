import { expect, it } from 'vitest';
import { troubleLog } from '../../../src/core/base/trouble-log.ts';

function newLog() {
  const lines: string[] = [];
  let ms = 0;
  const note = (_: object, event: string) => void lines.push(event);
  const clock = { now: () => new Date(ms) };
  const troubles = troubleLog('store', { info: note, error: note }, clock);
  return { lines, troubles, pass: (seconds: number) => (ms += seconds * 1_000) };
}

it('logs the reason once, again after ten minutes, and when it changes', () => {
  const { lines, troubles, pass } = newLog();
  for (let second = 0; second < 599; second++) {
    troubles.failed('full', 'The disk is full.');
    pass(1);
  }
  expect(lines).toEqual(['The disk is full.']);
  pass(1);
  troubles.failed('full', 'The disk is full.');
  troubles.failed('read-only', 'The disk is read-only.');
  expect(lines.slice(1)).toEqual(['The disk is full.', 'The disk is read-only.']);
});

it('says when it is over, but not while small writes succeed between others that fail', () => {
  const { lines, troubles, pass } = newLog();
  troubles.worked();
  for (let time = 0; time < 50; time++) {
    troubles.failed('full', 'The disk is full.');
    pass(2);
    troubles.worked();
  }
  expect(lines).toEqual(['The disk is full.']);
  pass(8);
  troubles.worked();
  troubles.worked();
  expect(lines).toEqual(['The disk is full.', 'store works again']);
  troubles.failed('full', 'The disk is full.');
  expect(lines).toHaveLength(3);
});
