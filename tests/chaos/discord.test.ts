import { describe } from 'vitest';
import { hasRedisServer } from '../fixtures/redis.ts';
import { clocksSuite } from './clocks.suite.ts';
import { openDiscord } from './discord/platform.ts';
import { killsSuite } from './kills.suite.ts';
import { outagesSuite } from './outages.suite.ts';
import { racesSuite } from './races.suite.ts';
import { isWhole, sized } from './scale.ts';

describe.skipIf(!hasRedisServer)('on Discord', () => {
  // What Discord adds is how a message of which nobody heard is found; the rest is tried on a plain platform too.
  killsSuite(openDiscord, sized(4, 200));
  if (!isWhole) return;
  clocksSuite(openDiscord);
  outagesSuite(openDiscord);
  racesSuite(openDiscord);
});
