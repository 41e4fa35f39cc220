import { describe } from 'vitest';
import { isProof, sized } from '../fixtures/proof.ts';
import { hasRedisServer } from '../fixtures/redis.ts';
import { clocksSuite } from './clocks.suite.ts';
import { killsSuite } from './kills.suite.ts';
import { outagesSuite } from './outages.suite.ts';
import { racesSuite } from './races.suite.ts';
import { openSlack } from './slack/platform.ts';

describe.skipIf(!hasRedisServer)('on Slack', () => {
  // Slack has its own way to find a message whose send got no answer. The rest is the same as on the plain platform.
  killsSuite(openSlack, sized(3, 200));
  if (!isProof) return;
  clocksSuite(openSlack);
  outagesSuite(openSlack);
  racesSuite(openSlack);
});
