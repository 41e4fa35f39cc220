import type { ReaderContext } from '../../../src/adapters/discord/render/text.ts';

export const SAM = '123456789012345678';

/** A reader in London who knows Sam, a member here, on a Wednesday in November. */
export const reader: ReaderContext = {
  zone: 'Europe/London',
  now: new Date('2026-11-18T10:00:00Z'),
  userOf: (member) => (member === 'sam' ? SAM : undefined),
  nameOf: (user) => (user === SAM ? 'Sam' : undefined),
};
