import { answerHelp } from '../scripts/usage.mjs';
import { benchCommands } from './commands.mjs';
import { benchDiscord } from './discord.mjs';
import { benchFind } from './find.mjs';
import { benchLog } from './log.mjs';
import { benchLongLines } from './long-lines.mjs';
import { benchNames } from './names.mjs';
import { benchPartnerFile } from './partner-file.mjs';
import { benchReminders } from './reminders.mjs';
import { benchSlack } from './slack.mjs';
import { benchStart } from './start.mjs';

answerHelp(`Usage: npm run bench
Measures the promises about speed and size, as ratios of one run. The exit code is 1 when one is broken.`);

await benchStart();
await benchLongLines();
benchNames();
await benchPartnerFile();
await benchLog();
await benchCommands();
await benchFind();
await benchReminders();
await benchSlack();
await benchDiscord();
