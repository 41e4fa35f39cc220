import { level } from '../../cards/partner-args.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import type { Day } from '../../dates/day.ts';
import type { DayRange } from '../../dates/working-days.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import {
  comingHolidays,
  type HolidayScope,
  type Holidays,
  hasHoliday,
  holidayScopeText,
  rangeText,
  readHoliday,
  withHoliday,
  withoutHoliday,
} from '../../domain/partnerships/holidays.ts';
import type { PartnerHoliday } from '../../domain/partnerships/partnership.ts';
import { changeSettings } from '../../domain/settings/change-settings.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, type RichText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/** Adds a holiday, takes one away, or lists those to come. */
export const setHoliday = defineCommand({
  name: 'settings holiday',
  title: 'Days off',
  summary: 'Days off: for everybody, or when a partner is away',
  examples: [
    'settings holiday 24 Dec - 2 Jan',
    'settings holiday 26 Mar - 7 May level:local',
    'settings holiday 20 July - 31 Aug with:"riverside council"',
    'settings holiday',
  ],
  args: {
    days: {
      kind: 'text',
      max: 80,
      summary: 'The days, such as 24 Dec - 2 Jan. Leave empty to see all',
      ask: 'Which days?',
      hint: 'For example 24 Dec - 2 Jan. Leave empty to see all',
    },
    with: {
      kind: 'partner',
      summary: 'A partner that is away; leave empty if it is a holiday for everybody here',
      ask: 'Only for one partner?',
      hint: 'Leave empty if it is a holiday for everybody here',
    },
    level: {
      ...level,
      summary: 'Partners of this level are away',
      ask: 'Or only for partners at a level?',
      hint: '',
    },
    remove: { kind: 'flag', summary: 'Take the holiday away' },
  },
  words: ['days'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, today, receipt }, deps): Promise<Reply> {
    if (args.days === undefined) {
      if (args.with || args.level || args.remove)
        throw new UserError('Which days, for example 24 Dec - 2 Jan?', 'days');
      return listReply(deps, today);
    }
    if (args.with && args.level)
      throw new UserError(
        'Is that for one partner, or for a level? Please leave one of them out.',
        'level',
      );
    const days = readHoliday(args.days, today, 'days');
    const scope = { partner: args.with?.id ?? null, level: args.level ?? null };
    const { text, isChanged } = args.remove
      ? await removeHoliday(days, scope, today, deps)
      : await addHoliday(days, scope, today, deps);
    return isChanged ? replyWithUndo(text, receipt, [allButton]) : { text, card: [allRow] };
  },
});

const allButton: Button = { label: 'All holidays', command: 'settings holiday', args: {} };
const allRow: Block = { kind: 'buttons', buttons: [allButton] };

interface Change {
  text: RichText;
  isChanged: boolean;
}

async function addHoliday(
  days: DayRange,
  scope: HolidayScope,
  today: Day,
  deps: Deps,
): Promise<Change> {
  const when = rangeText(days, today);
  const who = whoIsAway(scope, deps.directory);
  if (hasHoliday(deps.partnership, days, scope))
    return { text: rich`I have that already: ${who}, ${when}.`, isChanged: false };
  await changeSettings((row) => withHoliday(row, days, scope, today), deps);
  const effect =
    scope.partner === null && scope.level === null
      ? 'I send no briefs and no digests in these days, and none of them counts as a working day. A reminder with a clock time comes all the same.'
      : 'In these days I ask nobody to be in touch with them, or to chase what they promised.';
  return { text: rich`Noted: ${who}, ${when}. ${effect}`, isChanged: true };
}

async function removeHoliday(
  days: DayRange,
  scope: HolidayScope,
  today: Day,
  deps: Deps,
): Promise<Change> {
  const when = rangeText(days, today);
  const who = whoIsAway(scope, deps.directory);
  if (!hasHoliday(deps.partnership, days, scope))
    return { text: rich`I have no such holiday: ${who}, ${when}.`, isChanged: false };
  await changeSettings((row) => withoutHoliday(row, days, scope), deps);
  return { text: rich`Taken away: ${who}, ${when}.`, isChanged: true };
}

/** Who has the holiday: `everybody is on holiday`, or `Riverside Council is away`. */
function whoIsAway(scope: HolidayScope, directory: Directory): RichText {
  const text = holidayScopeText(scope, (id) => directory.partner(id)?.name);
  if (scope.partner !== null) return rich`${bold(text)} is away`;
  return scope.level === null ? rich`everybody is on holiday` : rich`${text} are away`;
}

function listReply({ partnership, directory }: Deps, today: Day): Reply {
  const rows = holidayRows(partnership, directory, today, true);
  const add: Button = { label: 'Add days', command: 'settings holiday', args: { [FORM]: 'yes' } };
  const buttons: Block = { kind: 'buttons', buttons: [add] };
  if (rows.length === 0)
    return { text: rich`No holidays are set. Bank holidays count anyway.`, card: [buttons] };
  return { text: rich`Holidays, besides the bank holidays:`, card: [...rows, buttons] };
}

/** The holidays to come, a row each. @param canChange whether each has a button to take it away */
export function holidayRows(
  lists: Holidays,
  directory: Directory,
  today: Day,
  canChange: boolean,
): Block[] {
  return comingHolidays(lists, today).map((one) => {
    const text = rich`${bold(rangeText(one, today))}: ${whoIsAway(one, directory)}`;
    return canChange ? { kind: 'row', text, buttons: [removeButton(one)] } : { kind: 'text', text };
  });
}

function removeButton({ from, to, partner, level }: PartnerHoliday): Button {
  const scope = { ...(partner && { with: `#${partner}` }), ...(level && { level }) };
  const args = { days: `${from} to ${to}`, remove: 'yes', ...scope };
  return { label: 'Remove', command: 'settings holiday', args };
}
