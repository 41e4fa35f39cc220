import * as shared from '../../cards/settings-args.ts';
import { defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { durationText } from '../../dates/duration.ts';
import { daysText } from '../../dates/weekdays.ts';
import { may } from '../../domain/members/rights.ts';
import { ANY_NUMBER } from '../../domain/notification-policy/cap.ts';
import { checkedQuietHours } from '../../domain/notification-policy/quiet-hours.ts';
import { partnerships } from '../../domain/partnerships/partnership.ts';
import { changeSettings } from '../../domain/settings/change.ts';
import type { RawArgs } from '../../message/invocation.ts';
import type { Reply } from '../../message/reply.ts';
import { checkedDays } from '../../parsing/checked-days.ts';
import { changedSettings, settingsCard } from './cards.ts';
import { setRule } from './rule.ts';

/** How things are set for everybody. With something to change, and from a coordinator, it is changed. */
const settings = defineCommand({
  name: 'settings',
  summary: 'See or change what is set for everybody',
  examples: [
    'settings',
    'settings zone:Europe/London days:mon-fri',
    'settings every:"6 weeks"',
    'settings quiet-hours:"20:00-08:00" cap:3',
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
      summary: 'How often to be in touch where nothing else says, such as 6 weeks',
      ask: 'How often in touch with a partner?',
    },
    'quiet-hours': {
      kind: 'text',
      max: 40,
      clearable: true,
      summary: 'When nothing unasked goes out, such as 20:00-08:00; none: at any time',
    },
    cap: {
      kind: 'number',
      min: 1,
      max: 50,
      clearable: true,
      summary: 'The most unasked messages a member gets in a week; none: any number',
    },
  },
  audience: 'actor',
  guard: 'see the register',
  writes: true,
  async prefill(_, { store }): Promise<RawArgs> {
    const partnership = await store.of(partnerships).get(store.partnership);
    if (!partnership) return {};
    const { name, zone, workingDays, calendar, every } = partnership;
    return { name, zone, days: daysText(workingDays), calendar, every: durationText(every) };
  },
  async run({ args, member, receipt }, deps): Promise<Reply> {
    const coordinates = may(member.role, 'coordinate');
    if (Object.values(args).every((value) => value === undefined))
      return settingsCard(deps.partnership, coordinates);
    if (!coordinates) return refusal.noRight('coordinate');

    const { name, zone, days, calendar, every, cap, 'quiet-hours': hours } = args;
    const given = {
      ...(name !== undefined && { name }),
      ...(zone !== undefined && { zone }),
      ...(days !== undefined && { workingDays: checkedDays(days) }),
      ...(calendar !== undefined && { calendar }),
      ...(every !== undefined && { every }),
      ...(hours !== undefined && { quietHours: checkedQuietHours(hours) }),
      ...(cap !== undefined && { weeklyCap: cap ?? ANY_NUMBER }),
    };
    const changed = await changeSettings(given, deps);
    return changedSettings(changed, receipt);
  },
});

export const settingsCommands = [settings, setRule];
