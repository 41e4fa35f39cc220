import { kind, level } from '../../cards/partner-args.ts';
import * as shared from '../../cards/partnership-settings.ts';
import { partnershipSettingsText } from '../../cards/partnership-settings.ts';
import { safeguardingButton } from '../../cards/safeguarding.ts';
import { replyWithUndo, undoButton } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { durationText } from '../../dates/duration.ts';
import { weekdaysText } from '../../dates/weekdays.ts';
import { may } from '../../domain/members/rights.ts';
import { checkedQuietHours } from '../../domain/notification-policy/quiet-hours.ts';
import { NO_CAP } from '../../domain/notification-policy/weekly-cap.ts';
import {
  type EveryRule,
  type Partnership,
  partnerships,
} from '../../domain/partnerships/partnership.ts';
import { ruleScopeText, withEveryRule } from '../../domain/partnerships/rules.ts';
import {
  readSafeguardingContact,
  safeguardingText,
} from '../../domain/partnerships/safeguarding.ts';
import { checkedKeepLength } from '../../domain/retention/note-retention.ts';
import {
  changePartnership,
  changeSettings,
  recomputeQuiet,
} from '../../domain/settings/change-settings.ts';
import { FORM, type RawArgs } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { parseWeekdays } from '../../parsing/parse-weekdays.ts';

/** Shows the partnership's settings, or changes them if a coordinator gives args. */
const settings = defineCommand({
  name: 'settings',
  summary: 'See or change what is set for everybody',
  examples: [
    'settings',
    'settings zone:Europe/London days:mon-fri',
    'settings every:"6 weeks"',
    'settings quiet-hours:"20:00-08:00" cap:3',
    'settings keep:"3 years"',
  ],
  args: {
    name: shared.name,
    zone: shared.zone,
    days: {
      kind: 'text',
      max: 100,
      summary: 'Working days, such as mon-fri or "mon, wed"',
      ask: 'On which days do you work?',
    },
    calendar: shared.calendar,
    every: {
      kind: 'duration',
      summary: 'How often to be in touch if no rule fits, such as 6 weeks',
      ask: 'How often should we be in touch?',
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
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const isCoordinator = may(member.role, 'coordinate');
    if (Object.values(args).every((value) => value === undefined))
      return settingsCard(deps.partnership, isCoordinator);
    if (!isCoordinator) return refusal.noRight('coordinate');

    const {
      name,
      zone,
      days,
      calendar,
      every,
      cap,
      keep,
      safeguarding,
      'quiet-hours': hours,
    } = args;
    const given = {
      ...(name !== undefined && { name }),
      ...(zone !== undefined && { zone }),
      ...(days !== undefined && { workingDays: parseWeekdays(days) }),
      ...(calendar !== undefined && { calendar }),
      ...(every !== undefined && { every }),
      ...(hours !== undefined && { quietHours: checkedQuietHours(hours) }),
      ...(cap !== undefined && { weeklyCap: cap ?? NO_CAP }),
      ...(keep !== undefined && { keepNotes: checkedKeepLength(keep) }),
      ...(safeguarding !== undefined && {
        safeguarding: shared.readTypedSafeguardingContact(safeguarding),
      }),
    };
    const changed = await changeSettings(given, deps);
    return settingsChangedReply(changed, receipt);
  },
});

/** The settings of the partnership. Coordinators get buttons to change them. */
function settingsCard(partnership: Partnership, isCoordinator: boolean): Reply {
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
    card: [...rules, ...(rules.length > 0 ? [note] : []), ...buttons],
  };
}

const changeButton: Button = { label: 'Change', command: 'settings', args: { [FORM]: 'yes' } };

function ruleBlock(rule: EveryRule, isCoordinator: boolean): Block {
  const { kind, level, every } = rule;
  const text = rich`${bold(ruleScopeText(rule))}: every ${durationText(every)}`;
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
function settingsChangedReply(partnership: Partnership, receipt: string): Reply {
  return {
    text: rich`Changed. ${bold(partnership.name)}: ${partnershipSettingsText(partnership)}`,
    card: [{ kind: 'buttons', buttons: [changeButton, undoButton(receipt)] }],
  };
}

/** Sets how often to be in touch with partners of one kind, one level, or both. */
const setRule = defineCommand({
  name: 'settings rule',
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
    },
    kind: { ...kind, ask: 'For which kind of relationship?' },
    level: { ...level, ask: 'For partners at which level?' },
  },
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, receipt }, deps): Promise<Reply> {
    const scope = { kind: args.kind ?? null, level: args.level ?? null };
    const { every } = args;
    if (!args.kind && !args.level) {
      throw new UserError(
        rich`Which kind or level is that for? For all partners, type ${bold('settings every:"6 weeks"')}.`,
        'kind',
      );
    }
    const changed = await changePartnership(deps, (row) => ({
      ...row,
      everyRules: withEveryRule(row.everyRules, scope, every),
    }));
    await recomputeQuiet(changed, deps);
    const sentence = every
      ? rich`${bold(ruleScopeText(scope))}: in touch every ${durationText(every)}.`
      : rich`There is no rule for ${bold(ruleScopeText(scope))} now.`;
    return replyWithUndo(rich`${sentence} I've worked out again when partners go quiet.`, receipt);
  },
});

/** Sets whom people ring if they are worried about somebody's safety. */
const setSafeguarding = defineCommand({
  name: 'settings safeguarding',
  summary: 'Set whom people ring if they are worried about somebody',
  examples: ['settings safeguarding Jo Bell 01964 555123 tell:@Grace'],
  args: {
    name: { kind: 'text', needed: true, summary: 'Their name', ask: 'Who is it?' },
    phone: { kind: 'text', summary: 'The number to ring', ask: 'Which number should people ring?' },
    tell: {
      kind: 'member',
      summary: 'If they are here: the member I tell at once when somebody wants to be rung',
      ask: 'Which member is that?',
    },
  },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async prefill(_, { store }): Promise<RawArgs> {
    const contact = (await store.of(partnerships).get(store.partnership))?.safeguarding;
    if (!contact) return {};
    const { name, phone, member } = contact;
    return { name, phone, tell: member ? `#${member}` : '' };
  },
  async run({ args, receipt }, deps): Promise<Reply> {
    const { name, phone, tell } = args;
    const safeguarding = readSafeguardingContact(name, phone, tell?.id);
    await changeSettings({ safeguarding }, deps);
    const told = tell
      ? rich`If somebody asks to be rung, I tell ${bold(tell.name)} at once, also at night.`
      : rich`I can't tell anybody here for them; people ring them.`;
    return replyWithUndo(
      rich`People who are worried about somebody are asked to ring ${bold(safeguardingText(safeguarding))}. ${told}`,
      receipt,
    );
  },
});

export const settingsCommands = [settings, setRule, setSafeguarding];
