import { listText } from '../../base/text.ts';
import { kind, level } from '../../cards/partner-args.ts';
import * as shared from '../../cards/partnership-settings.ts';
import { partnershipSettingsText } from '../../cards/partnership-settings.ts';
import { safeguardingButton } from '../../cards/safeguarding.ts';
import { replyWithUndo, SO_ALREADY, undoButton } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import type { Day } from '../../dates/day.ts';
import { durationText, everyText } from '../../dates/duration.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import { may } from '../../domain/members/rights.ts';
import { checkedQuietHours } from '../../domain/notification-policy/quiet-hours.ts';
import { NO_CAP } from '../../domain/notification-policy/weekly-cap.ts';
import {
  comingHolidays,
  FOR_EVERYBODY,
  rangeText,
  readHoliday,
  withHoliday,
} from '../../domain/partnerships/holidays.ts';
import {
  type EveryRule,
  type Partnership,
  partnerships,
} from '../../domain/partnerships/partnership.ts';
import { ruleScopeText, withEveryRule } from '../../domain/partnerships/rules.ts';
import { checkedKeepLength } from '../../domain/retention/note-retention.ts';
import {
  changePartnership,
  changeSettings,
  recomputeQuiet,
} from '../../domain/settings/change-settings.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { parseWeekdays } from '../../parsing/parse-weekdays.ts';
import { holidayRows, setHoliday } from './holidays.ts';
import { setSafeguarding } from './safeguarding.ts';

/** Shows the partnership's settings, or changes them if a coordinator gives args. */
const settings = defineCommand({
  name: 'settings',
  title: 'Settings for everybody',
  summary: 'See or change what is set for everybody',
  examples: [
    'settings',
    'settings zone:Europe/London days:mon-fri',
    'settings every:"6 weeks"',
    'settings quiet-hours:"20:00-08:00" cap:3',
    'settings keep:"3 years"',
    'settings holiday:"24 Dec - 2 Jan"',
  ],
  args: {
    name: shared.name,
    zone: shared.zone,
    days: {
      kind: 'text',
      max: 100,
      summary: 'Working days, such as mon-fri or "mon, wed"',
      ask: 'On which days do you work?',
      hint: 'For example mon-fri',
      emptied: 'On which days do you work?',
    },
    calendar: shared.calendar,
    holiday: {
      kind: 'text',
      max: 80,
      summary: 'More days off for everybody, such as "24 Dec - 2 Jan"',
    },
    every: {
      kind: 'duration',
      summary: 'How often to be in touch if no rule fits, such as 6 weeks',
      ask: 'How often should we be in touch?',
      hint: 'Where no rule fits. For example 6 weeks',
      emptied: 'How often should we be in touch?',
    },
    'quiet-hours': {
      kind: 'text',
      max: 40,
      clearable: true,
      summary: 'When I send no automatic messages, such as 20:00-08:00; none: at any time',
    },
    cap: {
      kind: 'number',
      min: 1,
      max: 50,
      clearable: true,
      summary: 'How many automatic messages a member gets in a week; none: any number',
    },
    keep: {
      kind: 'text',
      max: 60,
      clearable: true,
      summary:
        'How long notes stay after the last contact with a partner, such as 3 years; none: 6 years',
    },
    safeguarding: shared.safeguarding,
  },
  audience: 'actor',
  guard: 'see the register',
  writes: true,
  async prefill(_, { store }): Promise<RawArgs> {
    const partnership = await store.of(partnerships).get(store.partnership);
    if (!partnership) return {};
    const { name, zone, workingDays, calendar, every } = partnership;
    return { name, zone, days: weekdaysText(workingDays), calendar, every: durationText(every) };
  },
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const isCoordinator = may(member.role, 'coordinate');
    if (Object.values(args).every((value) => value === undefined))
      return settingsCard(deps, today, isCoordinator);
    if (!isCoordinator) return refusal.noRight('coordinate');

    const {
      name,
      zone,
      days: weekdays,
      calendar,
      holiday,
      every,
      cap,
      keep,
      safeguarding,
      'quiet-hours': hours,
    } = args;
    const given = {
      ...(name !== undefined && { name }),
      ...(zone !== undefined && { zone }),
      ...(weekdays !== undefined && { workingDays: parseWeekdays(weekdays) }),
      ...(calendar !== undefined && { calendar }),
      ...(every !== undefined && { every }),
      ...(hours !== undefined && { quietHours: checkedQuietHours(hours) }),
      ...(cap !== undefined && { weeklyCap: cap ?? NO_CAP }),
      ...(keep !== undefined && { keepNotes: checkedKeepLength(keep) }),
      ...(safeguarding !== undefined && {
        safeguarding: shared.readTypedSafeguardingContact(safeguarding),
      }),
    };
    const days = holiday === undefined ? undefined : readHoliday(holiday, today, 'holiday');
    let before = deps.partnership;
    const changed = await changeSettings((row) => {
      before = row;
      return { ...given, ...(days && withHoliday(row, days, FOR_EVERYBODY, today)) };
    }, deps);
    const isChanged = changed.version !== before.version;
    return settingsChangedReply(changed, today, isChanged ? receipt : undefined);
  },
});

/** The settings of the partnership. Coordinators get buttons to change them. */
function settingsCard(
  { partnership, directory }: Pick<Deps, 'partnership' | 'directory'>,
  today: Day,
  isCoordinator: boolean,
): Reply {
  const { name, everyRules } = partnership;
  const rules = everyRules.map((rule) => ruleBlock(rule, isCoordinator));
  const own = partnership.safeguarding ? [changeButton] : [changeButton, safeguardingButton];
  const buttons: Block[] = isCoordinator ? [{ kind: 'buttons', buttons: own }] : [];
  const note: Block = {
    kind: 'note',
    text: rich`What is set for a partner itself comes first, then the rule that fits it best, then the setting above.`,
  };
  return {
    text: rich`${bold(name)}: ${partnershipSettingsText(partnership)}`,
    card: [
      ...rules,
      ...(rules.length > 0 ? [note] : []),
      ...holidayRows(partnership, directory, today, isCoordinator),
      ...buttons,
    ],
  };
}

const changeButton: Button = { label: 'Change', command: 'settings', args: { [FORM]: 'yes' } };

function ruleBlock(rule: EveryRule, isCoordinator: boolean): Block {
  const { kind, level, every } = rule;
  const text = rich`${bold(ruleScopeText(rule))}: ${everyText(every)}`;
  if (!isCoordinator) return { kind: 'text', text };
  const scope = { ...(kind ? { kind } : {}), ...(level ? { level } : {}) };
  const takeAway: Button = {
    label: 'Remove',
    command: 'settings rule',
    args: { every: 'none', ...scope },
  };
  return { kind: 'row', text, buttons: [takeAway] };
}

/** The settings after a change, with Undo. */
/** @param receipt undefined: it was so already. */
function settingsChangedReply(
  partnership: Partnership,
  today: Day,
  receipt: string | undefined,
): Reply {
  const coming = comingHolidays({ ...partnership, partnerHolidays: null }, today);
  const holidays = coming.map((one) => rangeText(one, today));
  const off = holidays.length > 0 && ` Everybody is on holiday ${listText(holidays, 'and')}.`;
  return {
    text: rich`${receipt ? 'Changed.' : SO_ALREADY} ${bold(partnership.name)}: ${partnershipSettingsText(partnership)}${off}`,
    card: [{ kind: 'buttons', buttons: [changeButton, ...(receipt ? [undoButton(receipt)] : [])] }],
  };
}

/** Sets how often to be in touch with partners of one kind, one level, or both. */
const setRule = defineCommand({
  name: 'settings rule',
  title: 'How often to be in touch',
  summary: 'Set how often to be in touch, by kind and level',
  examples: [
    'settings rule every:"3 months" kind:"grant funding" level:national',
    'settings rule every:"4 weeks" level:hyperlocal',
  ],
  args: {
    every: {
      kind: 'duration',
      needed: true,
      clearable: true,
      summary: 'How often, such as 3 months; none takes the rule away',
      ask: 'How often should we be in touch?',
      hint: 'For example 6 weeks',
    },
    kind: { ...kind, ask: 'For which kind of relationship?', hint: '' },
    level: { ...level, ask: 'For partners at which level?', hint: '' },
  },
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const scope = { kind: args.kind ?? null, level: args.level ?? null };
    const { every } = args;
    if (!args.kind && !args.level) {
      throw new UserError(
        rich`Which kind or level is that for? For all partners, type ${commandText('settings', 'every:"6 weeks"')}.`,
        'kind',
      );
    }
    const changed = await changePartnership(deps, (row) => ({
      ...row,
      everyRules: withEveryRule(row.everyRules, scope, every),
    }));
    await recomputeQuiet(changed, deps);
    const sentence = every
      ? rich`The rule for ${bold(ruleScopeText(scope))}: in touch ${everyText(every)}.`
      : rich`There is no rule for ${bold(ruleScopeText(scope))} now.`;
    return replyWithUndo(rich`${sentence} I've worked out again when partners go quiet.`, receipt);
  },
});

export const settingsCommands = [settings, setRule, setHoliday, setSafeguarding];
