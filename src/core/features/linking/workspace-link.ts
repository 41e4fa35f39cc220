import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import type { LinkCode } from '../../domain/link-codes/link-code.ts';
import { members } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { type Partnership, partnerships } from '../../domain/partnerships/partnership.ts';
import { workspaces } from '../../domain/workspaces/workspace.ts';
import type { Reply } from '../../message/reply.ts';
import { UserError } from '../../message/user-error.ts';
import { giveCode } from './give-code.ts';
import { isEmpty, joinPartnership } from './join-partnership.ts';
import { closeCode, findCode, usedCode, withCode } from './take-code.ts';
import {
  joinedBefore,
  joinedCard,
  joinedNotice,
  notEmptyText,
  shallTheyJoinCard,
  workspaceCodeCard,
} from './workspace-cards.ts';

const given = {
  code: {
    kind: 'text',
    max: 40,
    summary: 'The code I gave in the workspace that has your partners',
  },
  sure: { kind: 'flag', summary: 'Yes, without asking again' },
} as const;

/**
 * Makes two workspaces one partnership: a code given in the one with the partners is typed in the other, which has to
 * be empty still. It keeps no answer (a code would be in it), and cannot be undone. Each step may be repeated.
 */
export const workspaceLink = defineCommand({
  name: 'workspace link',
  summary: 'Link a new workspace, such as a Discord server, with this partnership',
  examples: ['workspace link', 'workspace link ACDE-3467'],
  args: given,
  words: ['code'],
  audience: 'actor',
  guard: 'coordinate',
  changes: true,
  async done({ code = '' }, { partnership, ...deps }): Promise<Reply | undefined> {
    const used = await usedCode(code, deps);
    const isOurs = used?.joins === 'workspaces' && used.partnership === partnership.id;
    return isOurs ? joinedBefore(partnership) : undefined;
  },
  async run({ args, member }: Call<typeof given>, deps): Promise<Reply> {
    const { stores, store, partnership } = deps;
    if (args.code === undefined)
      return workspaceCodeCard(await giveCode('workspaces', member, deps));
    const code = await findCode(args.code, 'workspaces', member, deps);
    if (code.partnership === partnership.id && code.taken !== null)
      return joinedBefore(partnership);
    if (code.partnership === partnership.id)
      throw new UserError('That code is for the other workspace: say it there.', 'code');
    const other = await givenBy(code, deps);
    if (!(await isEmpty(store))) throw new UserError(notEmptyText(partnership, other));
    if (!args.sure) return shallTheyJoinCard(partnership, other, args.code);
    const where = { partnership: partnership.id };
    const names = (await stores.global(workspaces).find({ index: 'byPartnership', where })).map(
      ({ name }) => name,
    );
    const taker = { id: partnership.id, codes: where };
    const came = await withCode(code, taker, stores, () =>
      joinPartnership(partnership.id, other.id, deps),
    );
    const notice = { subject: partnership.id, occurrence: 'joined', recipient: code.member };
    const there = { store: stores.forPartnership(other.id), wake: deps.wake };
    await enqueueNotice({ ...notice, reply: joinedNotice(names, came), at: deps.now }, there);
    await closeCode(code, stores);
    return joinedCard(other, came);
  },
});

/** The partnership a code was given in. @throws UserError where whoever got it may not give it any more. */
async function givenBy(
  { partnership, member }: LinkCode,
  { stores }: Pick<Deps, 'stores'>,
): Promise<Partnership> {
  const store = stores.forPartnership(partnership);
  const [row, giver] = await Promise.all([
    store.of(partnerships).get(partnership),
    store.of(members).get(member),
  ]);
  if (row && !row.joined && giver?.active && may(giver.role, 'coordinate')) return row;
  throw new UserError(
    'Whoever was given that code does not coordinate there any more. Ask a coordinator for a fresh one.',
    'code',
  );
}
