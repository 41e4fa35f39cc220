import { threads } from '../adapters/discord/delivery/thread-row.ts';
import { servers } from '../adapters/discord/installing/server-row.ts';
import { playgroundClocks } from '../adapters/playground/clock.ts';
import { playgroundMessages } from '../adapters/playground/messages.ts';
import { installations } from '../adapters/slack/installing/installation-row.ts';
import { usedStates } from '../adapters/slack/installing/oauth-states.ts';
import { daysBefore, expires, keeps, type RetentionRule } from '../core/domain/retention/rules.ts';

const MESSAGE_DAYS = 365;

/** How long the rows of the adapters' collections are kept. The domain has the rules of its own collections. */
export const adapterRetentionRules: readonly RetentionRule[] = [
  expires(usedStates, 'until they are too old to be used, after ten minutes', (now) => ({
    index: 'byUntil',
    range: { field: 'until', before: now },
  })),
  expires(playgroundMessages, 'a year, in the playground only', (now) => ({
    index: 'byTime',
    range: { field: 'at', before: daysBefore(now, MESSAGE_DAYS) },
  })),
  keeps(playgroundClocks, "as long as the playground's data is there"),
  keeps(installations, 'as long as the app is installed; the token goes when it is removed'),
  keeps(
    servers,
    'as long as the store is there; the row only says whether Convenor is still on the server',
  ),
  keeps(
    threads,
    'as long as the partnership is here: without it, each message would open another thread',
  ),
];
