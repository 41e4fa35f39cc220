import type { ReaderContext } from '../../../src/adapters/slack/render/text.ts';

/** A reader in London who knows Sam (U0SAM), a member here, on a Wednesday in November. */
export const reader: ReaderContext = {
  zone: 'Europe/London',
  now: new Date('2026-11-18T10:00:00Z'),
  userOf: (member) => (member === 'sam' ? 'U0SAM' : undefined),
  nameOf: (user) => (user === 'U0SAM' ? 'Sam' : undefined),
};
