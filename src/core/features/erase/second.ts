import { defineCommand } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { type Erasure, erasures } from '../../domain/erasures/erasure.ts';
import { otherCoordinators } from '../../domain/members/member.ts';
import type { Reply } from '../../message/reply.ts';
import { member as memberNode, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { type EraseCommandDeps, eraseDeps, erasureOf, whichErasure as which } from './deps.ts';
import { startErasure } from './start.ts';

/** @throws UserError unless somebody waits for this coordinator's answer. */
function refuseOwnAgreement(row: Erasure, { member }: Pick<EraseCommandDeps, 'member'>): void {
  if (row.askedBy === member.id)
    throw new UserError('Somebody else has to say that: you asked for it yourself.');
  if (row.state !== 'waiting') throw new UserError('That has been decided already.');
}

/** The yes of a second coordinator. */
export const agree = defineCommand({
  name: 'erase agree',
  summary: 'Agree that somebody is erased',
  examples: [],
  args: { which },
  audience: 'actor',
  guard: 'coordinate',
  writesWithoutReceipt: true,
  async run(call, given): Promise<Reply> {
    const deps = eraseDeps(call, given);
    const row = await erasureOf(call.args.which, deps);
    refuseOwnAgreement(row, deps);
    const told = otherCoordinators(deps.directory.members, row.askedBy).map(({ id }) => id);
    return startErasure(row, told, deps);
  },
});

/** The no of a second coordinator. */
export const refuse = defineCommand({
  name: 'erase refuse',
  summary: 'Refuse that somebody is erased',
  examples: [],
  args: { which },
  audience: 'actor',
  guard: 'coordinate',
  writesWithoutReceipt: true,
  async run(call, given): Promise<Reply> {
    const deps = eraseDeps(call, given);
    const { member, now } = call;
    const row = await erasureOf(call.args.which, deps);
    refuseOwnAgreement(row, deps);
    if (!(await deps.store.of(erasures).remove(row.id, row.version)))
      throw new UserError('That has been decided already.');
    const reply = {
      text: rich`${memberNode(member)} doesn't agree that it is erased. Nothing has changed.`,
    };
    const notice = { subject: row.id, occurrence: 'refused', recipient: row.askedBy, reply };
    await enqueueNotice({ ...notice, at: now }, deps);
    return {
      text: rich`OK. Nothing is erased, and I've told the person who asked.`,
      replaces: true,
    };
  },
});
