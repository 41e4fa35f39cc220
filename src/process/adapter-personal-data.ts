import { threads } from '../adapters/discord/delivery/thread-row.ts';
import { servers } from '../adapters/discord/installing/server-row.ts';
import { playgroundClocks } from '../adapters/playground/clock.ts';
import { playgroundMessages } from '../adapters/playground/messages.ts';
import { installations } from '../adapters/slack/installing/installation-row.ts';
import { usedStates } from '../adapters/slack/installing/oauth-states.ts';
import { type PersonalData, personalData } from '../core/domain/personal-data/personal-data.ts';

/** What the adapters' collections hold of people. The domain declares its own collections. */
export const adapterPersonalData: readonly PersonalData[] = [
  personalData(installations, { name: 'organisation', installer: 'identity' }),
  personalData(usedStates, {}),
  personalData(servers, {}),
  // The ids of its rows are computed from users' ids, which cannot be told from them.
  personalData(threads, {}),
  personalData(playgroundMessages, {
    from: 'member',
    visibleTo: 'member',
    said: 'words',
    reply: 'copy',
    form: 'copy',
    file: 'copy',
  }),
  personalData(playgroundClocks, {}),
];
