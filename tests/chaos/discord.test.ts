import { describe } from 'vitest';
import { isProof, sized } from '../fixtures/proof.ts';
import { hasRedisServer } from '../fixtures/redis.ts';
import { clocksSuite } from './clocks.suite.ts';
import { openDiscord } from './discord/platform.ts';
import { killsSuite } from './kills.suite.ts';
import { outagesSuite } from './outages.suite.ts';
import { racesSuite } from './races.suite.ts';

describe.skipIf(!hasRedisServer)('on Discord', () => {
  // Discord has its own way to find a message whose send got no answer. The rest is the same as on the plain platform.
  killsSuite(openDiscord, sized(3, 200));
  if (!isProof) return;
  clocksSuite(openDiscord);
  outagesSuite(openDiscord);
  racesSuite(openDiscord);
});
