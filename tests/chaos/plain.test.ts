import { describe } from 'vitest';
import { hasRedisServer } from '../fixtures/redis.ts';
import { clocksSuite } from './clocks.suite.ts';
import { outagesSuite } from './outages.suite.ts';
import { openPlain } from './plain/platform.ts';

describe.skipIf(!hasRedisServer)('on a plain platform', () => {
  clocksSuite(openPlain);
  outagesSuite(openPlain);
});
