import { SHOW_COMMAND, SHOWN } from '../../cards/show-button.ts';
import { defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { may } from '../../domain/members/rights.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { joined, member as memberNode, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { resolveArgs } from '../../parsing/resolve.ts';

/** Posts in the channel what it may see of an answer that one person has got there. A second press posts nothing. */
const showEveryone = defineCommand({
  name: SHOW_COMMAND,
  summary: 'Show an answer to everybody in the channel',
  examples: [],
  args: {
    [SHOWN]: {
      kind: 'text',
      needed: true,
      summary: 'The command. The button fills this in',
      fromButton: true,
    },
  },
  audience: 'everyone',
  guard: 'see the register',
  writes: true,
  async run(call, deps): Promise<Reply> {
    const { args, raw, member, receipt } = call;
    const command = deps.commands.get(args[SHOWN]);
    if (!command?.inChannel)
      throw new UserError('I can only show lists and the digest to everyone. Nothing was posted.');
    if (!may(member.role, command.guard)) return refusal.noRight(command.guard);
    const { [SHOWN]: _, ...given } = raw;
    const read = resolveArgs(command, given, { ...call, ...deps, key: receipt });
    const shown = await command.inChannel({ ...call, args: read.values, raw: read.raw }, deps);
    const text = joined([rich`${memberNode(member)} shows this.`, shown.text]);
    return { text, card: (shown.card ?? []).flatMap(withoutButtons), replaces: false };
  },
});

function withoutButtons(block: Block): readonly Block[] {
  if (block.kind === 'buttons') return [];
  return [block.kind === 'row' ? { kind: 'text', text: block.text } : block];
}

export const showCommands = [showEveryone];
