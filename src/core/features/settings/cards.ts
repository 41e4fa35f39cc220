import { durationText } from '../../dates/duration.ts';
import { FORM } from '../../invocation.ts';
import type { Block, Button, Reply } from '../../reply.ts';
import { bold, rich } from '../../rich-text.ts';
import { capText } from '../courtesy/cap.ts';
import { hoursText, quietHoursOf } from '../courtesy/quiet-hours.ts';
import { undoButton } from '../interactions/cards.ts';
import { daysText } from './days.ts';
import { calendarText, scopeText } from './rules.ts';
import type { EveryRule, Partnership } from './store.ts';

/** How things are set, for all to see; a coordinator can change them from here. */
export function settingsCard(partnership: Partnership, coordinates: boolean): Reply {
  const { name, everyRules } = partnership;
  const rules = everyRules.map((rule) => ruleBlock(rule, coordinates));
  const buttons: Block[] = coordinates ? [{ kind: 'buttons', buttons: [changeButton] }] : [];
  const note: Block = {
    kind: 'note',
    text: rich`A partner's own rhythm comes first, then the rule that fits it best, then this.`,
  };
  return {
    text: rich`${bold(name)}: ${settingsText(partnership)}`,
    card: [...rules, ...(rules.length > 0 ? [note] : []), ...buttons],
  };
}

const changeButton: Button = { label: 'Change', command: 'settings', args: { [FORM]: 'yes' } };

/** Zone, days, holidays, rhythm and courtesies in a few sentences. */
export function settingsText(partnership: Partnership): string {
  const { zone, workingDays, calendar, every, weeklyCap } = partnership;
  const hours = quietHoursOf({ quietHours: null }, partnership);
  const quiet = hours ? `Quiet hours ${hoursText(hours)}` : 'No quiet hours';
  const cap = capText(weeklyCap);
  return `${zone}, ${daysText(workingDays)}, bank holidays of ${calendarText(calendar)}. In touch every ${durationText(every)}, unless a rule or a partner says otherwise. ${quiet}; members get ${cap}.`;
}

function ruleBlock(rule: EveryRule, coordinates: boolean): Block {
  const { kind, level, every } = rule;
  const text = rich`${bold(scopeText(rule))}: every ${durationText(every)}`;
  if (!coordinates) return { kind: 'text', text };
  const scope = { ...(kind ? { kind } : {}), ...(level ? { level } : {}) };
  const takeAway: Button = {
    label: 'Take it away',
    command: 'settings rule',
    args: { every: 'none', ...scope },
  };
  return { kind: 'row', text, buttons: [takeAway] };
}

/** What a change of settings did, with a way to take it back. */
export function changedSettings(partnership: Partnership, receipt: string): Reply {
  return {
    text: rich`Changed. ${bold(partnership.name)}: ${settingsText(partnership)}`,
    card: [{ kind: 'buttons', buttons: [changeButton, undoButton(receipt)] }],
  };
}
