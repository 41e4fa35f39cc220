import { describe } from 'vitest';
import { hasRedisServer } from '../fixtures/redis.ts';
import { clocksSuite } from './clocks.suite.ts';
import { killsSuite } from './kills.suite.ts';
import { outagesSuite } from './outages.suite.ts';
import { racesSuite } from './races.suite.ts';
import { isWhole, sized } from './scale.ts';
import { openSlack } from './slack/platform.ts';

describe.skipIf(!hasRedisServer)('on Slack', () => {
  // What Slack adds is how a message of which nobody heard is found; the rest is tried on a plain platform too.
  killsSuite(openSlack, sized(4, 200));
  if (!isWhole) return;
  clocksSuite(openSlack);
  outagesSuite(openSlack);
  racesSuite(openSlack);
});
