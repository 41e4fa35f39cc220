import { describe } from 'vitest';
import { sized } from '../fixtures/proof.ts';
import { hasRedisServer } from '../fixtures/redis.ts';
import { killsSuite } from './kills.suite.ts';
import { openPlain } from './plain/platform.ts';
import { racesSuite } from './races.suite.ts';

// Apart from `plain.test.ts`, so that another process can run it at the same time.
describe.skipIf(!hasRedisServer)('on a plain platform', () => {
  killsSuite(openPlain, sized(5, 200));
  racesSuite(openPlain);
});
