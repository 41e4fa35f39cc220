import { changedReply } from '../../cards/changed-reply.ts';
import { kind, level } from '../../cards/partner-args.ts';
import { defineCommand } from '../../command/command.ts';
import { durationText } from '../../dates/duration.ts';
import { scopeText, withRule } from '../../domain/partnerships/rules.ts';
import { changePartnership } from '../../domain/settings/change.ts';
import { rederiveQuiet } from '../../domain/settings/rederive.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';

/** How often to be in touch with partners of one kind, one level, or both. */
export const setRule = defineCommand({
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
      ask: 'How often in touch?',
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
        'For which kind or level is that? For all partners, say settings every:"6 weeks".',
        'kind',
      );
    }
    const changed = await changePartnership(deps, (row) => ({
      ...row,
      everyRules: withRule(row.everyRules, scope, every),
    }));
    await rederiveQuiet(changed, deps);
    const sentence = every
      ? rich`${bold(scopeText(scope))}: in touch every ${durationText(every)}.`
      : rich`There is no rule for ${bold(scopeText(scope))} now.`;
    return changedReply(rich`${sentence} When partners go quiet is worked out anew.`, receipt);
  },
});
