import { describe } from 'vitest';
import { sized } from '../fixtures/proof.ts';
import { hasRedisServer } from '../fixtures/redis.ts';
import { clocksSuite } from './clocks.suite.ts';
import { killsSuite } from './kills.suite.ts';
import { outagesSuite } from './outages.suite.ts';
import { openPlain } from './plain/platform.ts';
import { racesSuite } from './races.suite.ts';

describe.skipIf(!hasRedisServer)('on a plain platform', () => {
  clocksSuite(openPlain);
  outagesSuite(openPlain);
  killsSuite(openPlain, sized(5, 200));
  racesSuite(openPlain);
});
