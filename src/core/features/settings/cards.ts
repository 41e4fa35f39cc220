import { undoButton } from '../../cards/changed-reply.ts';
import { settingsText } from '../../cards/settings-text.ts';
import { durationText } from '../../dates/duration.ts';
import type { EveryRule, Partnership } from '../../domain/partnerships/partnership.ts';
import { scopeText } from '../../domain/partnerships/rules.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';

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
