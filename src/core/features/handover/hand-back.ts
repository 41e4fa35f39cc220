import { undoButton } from '../../cards/changed-reply.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import type { Member } from '../../domain/members/member.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { askBack, returnedNotice } from './cards.ts';
import { loadOf, refuseWhileGoing, release, sizeOf } from './release.ts';
import { backTo } from './rules.ts';

/** Everything that is one's own goes back, after asking. Nothing is deleted by somebody having too much on. */
export const handBack = defineCommand({
  name: 'hand back',
  summary: 'Hand everything that is yours back; nothing is deleted',
  examples: ['hand back'],
  args: { sure: { kind: 'flag', summary: 'Yes, without asking again' } },
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, member, today, receipt }, deps): Promise<Reply> {
    const load = await loadOf(member, deps.store);
    if (sizeOf(load) === 0)
      return { text: rich`Nothing is with you just now, so there is nothing to hand back.` };
    if (!args.sure) return askBack(load);
    refuseWhileGoing(load);
    const { directory } = deps;
    const isHere = (id: string) => directory.member(id)?.active === true;
    const giverOf = ({ createdBy }: Followup) => directory.member(createdBy)?.id ?? createdBy;
    const owner = (row: Followup) => backTo({ createdBy: giverOf(row) }, member.id, isHere);
    const moved = await release({ holder: member, load, today }, { owner, lead: null }, deps);
    await tellGivers(moved, member, deps);
    return {
      text: rich`Done: nothing is with you now, and nothing is lost. Thank you for all you have carried.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** One message to each who gave something. */
async function tellGivers(
  returned: readonly Followup[],
  member: Member,
  deps: Deps,
): Promise<void> {
  for (const giver of new Set(returned.flatMap(({ who }) => who ?? []))) {
    const rows = returned.filter(({ who }) => who === giver);
    await enqueueNotice(
      {
        subject: member.id,
        occurrence: deps.id(`returned ${giver}`),
        recipient: giver,
        reply: returnedNotice(member, rows),
        at: deps.now,
      },
      deps,
    );
  }
}
