import { type Deps, defineCommand } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { Reply } from '../../reply.ts';
import { rich } from '../../rich-text.ts';
import { revise } from '../../store.ts';
import { oweNotice } from '../deliveries/owe.ts';
import { tellDeclined } from '../followups/ask.ts';
import { type Followup, followups } from '../followups/store.ts';
import { undoButton } from '../interactions/cards.ts';
import type { Member } from '../members/store.ts';
import { partners } from '../partners/store.ts';
import { askBack, returnedNotice } from './cards.ts';
import { backTo } from './rules.ts';

/** The most that is handed back at once: more than anybody carries. */
const MOST = 500;

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
    const { store, directory } = deps;
    const rows = store.of(followups);
    const open = { state: 'open' } as const;
    const [mine, asked, led] = await Promise.all([
      rows.find({ index: 'byWho', where: { ...open, who: member.id }, limit: MOST }),
      rows.find({ index: 'byAsked', where: { ...open, asked: member.id }, limit: MOST }),
      store.of(partners).find({
        index: 'byNudge',
        where: { archived: false, lead: member.id },
        limit: MOST,
      }),
    ]);
    if (mine.length + asked.length + led.length === 0)
      return { text: rich`Nothing is with you just now, so there is nothing to hand back.` };
    if (!args.sure) return askBack({ mine, asked, leads: led.length });
    if (mine.some(({ sending }) => sending))
      throw new UserError('A reminder is just going out. Try again in a few seconds.');

    const isHere = (id: string) => directory.member(id)?.active === true;
    const returned = new Map<string, Followup[]>();
    for (const { id } of mine) {
      const row = await revise(rows, id, (now) => {
        if (now.who !== member.id || now.state !== 'open') return undefined;
        const who = backTo(now, member.id, isHere);
        return { ...now, who, asked: null, askedBy: null, raiseOn: who === null ? today : null };
      });
      if (!row?.who || row.who === member.id) continue;
      returned.set(row.who, [...(returned.get(row.who) ?? []), row]);
    }
    await declineAll(asked, member, deps);
    for (const { id } of led) {
      await revise(store.of(partners), id, (row) =>
        row.lead === member.id ? { ...row, lead: null } : undefined,
      );
    }
    await tellGivers(returned, member, deps);
    return {
      text: rich`Done: nothing is with you now, and nothing is lost. Thank you for all you have carried.`,
      card: [{ kind: 'buttons', buttons: [undoButton(receipt)] }],
    };
  },
});

/** Requests that wait for an answer get a kind no. */
async function declineAll(asked: readonly Followup[], member: Member, deps: Deps): Promise<void> {
  for (const { id, askedBy } of asked) {
    const row = await revise(deps.store.of(followups), id, (now) =>
      now.asked === member.id ? { ...now, asked: null, askedBy: null } : undefined,
    );
    if (row) await tellDeclined({ ...row, askedBy }, member, deps);
  }
}

/** One message to each who gave something. */
async function tellGivers(
  returned: ReadonlyMap<string, readonly Followup[]>,
  member: Member,
  deps: Deps,
): Promise<void> {
  for (const [giver, rows] of returned) {
    await oweNotice(
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
