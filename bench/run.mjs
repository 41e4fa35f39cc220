// `npm run bench`: the promises about speed and size, as ratios measured in one run. Exits 1 when one is broken.
import { benchDiscord } from './discord.mjs';
import { benchLog } from './log.mjs';
import { benchReminders } from './reminders.mjs';
import { benchSlack } from './slack.mjs';
import { benchStart } from './start.mjs';

await benchStart();
await benchLog();
await benchReminders();
await benchSlack();
await benchDiscord();
