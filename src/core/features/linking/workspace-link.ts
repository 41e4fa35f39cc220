import { collect } from '../../async/collect.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { enqueueNotice } from '../../domain/deliveries/enqueue-notice.ts';
import { directoriesOf } from '../../domain/directory/directory.ts';
import type { LinkCode } from '../../domain/link-codes/link-code.ts';
import { members } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { type Partnership, partnerships } from '../../domain/partnerships/partnership.ts';
import { workspaces } from '../../domain/workspaces/workspace.ts';
import { REPLACE } from '../../message/invocation.ts';
import { cancelButton, type Reply } from '../../message/reply.ts';
import { bold, commandText, type RichText, rich, workspaceWord } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { closeCode, codeText, findCode, issueCode, usedCode, withCode } from './codes.ts';
import { isEmpty, mergePartnership } from './merge-partnership.ts';

const given = {
  code: {
    kind: 'text',
    max: 40,
    summary: 'The code I gave in the place that has your partners',
  },
  sure: { kind: 'flag', summary: 'Yes, without asking again', fromButton: true },
} as const;

/**
 * Merges the partnerships of two workspaces: a code from the one with the partners is typed in the other, which has to
 * be empty. There is no receipt, since the code would be in it, and no undo. Each step can be repeated.
 */
export const workspaceLink = defineCommand({
  name: 'workspace link',
  summary: 'Link another Slack workspace or Discord server with this partnership',
  examples: ['workspace link', 'workspace link ACDE-3467'],
  args: given,
  words: ['code'],
  audience: 'actor',
  guard: 'coordinate',
  writesWithoutReceipt: true,
  async alreadyDone({ code = '' }, { partnership, ...deps }): Promise<Reply | undefined> {
    const used = await usedCode(code, deps);
    const isOurs = used?.kind === 'workspaces' && used.partnership === partnership.id;
    return isOurs ? alreadyLinkedReply(partnership) : undefined;
  },
  async run({ args, member }: Call<typeof given>, deps): Promise<Reply> {
    const { stores, store, partnership } = deps;
    if (args.code === undefined)
      return workspaceCodeCard(await issueCode('workspaces', member, deps));
    const code = await findCode(args.code, 'workspaces', member, deps);
    if (code.partnership === partnership.id && code.usedBy !== null)
      return alreadyLinkedReply(partnership);
    if (code.partnership === partnership.id)
      throw new UserError('That code is for the other place: type it there.', 'code');
    const other = await partnershipOfCode(code, deps);
    if (!(await isEmpty(store))) throw new UserError(notEmptyText(partnership, other));
    if (!args.sure) return confirmWorkspaceLinkCard(partnership, other, args.code);
    const where = { partnership: partnership.id };
    const linked = await collect(stores.global(workspaces).all({ index: 'byPartnership', where }));
    const names = linked.map(({ name }) => name);
    const taker = { id: partnership.id, codes: where };
    const movedCount = await withCode(code, taker, stores, () =>
      mergePartnership(partnership.id, other.id, deps),
    );
    const notice = { subject: partnership.id, occurrence: 'joined', recipient: code.member };
    const tied = (await directoriesOf(stores).of(other)).tiedPartners.size > 0;
    const there = { store: stores.forPartnership(other.id), wake: deps.wake };
    await enqueueNotice(
      { ...notice, reply: workspaceLinkedNotice(names, movedCount, tied), at: deps.now },
      there,
    );
    await closeCode(code, stores);
    return workspaceLinkedCard(other, movedCount);
  },
});

/** The partnership of a code. @throws UserError if the member who got it is no longer a coordinator. */
async function partnershipOfCode(
  { partnership, member }: LinkCode,
  { stores }: Pick<Deps, 'stores'>,
): Promise<Partnership> {
  const store = stores.forPartnership(partnership);
  const [row, giver] = await Promise.all([
    store.of(partnerships).get(partnership),
    store.of(members).get(member),
  ]);
  if (row && !row.mergedInto && giver?.active && may(giver.role, 'coordinate')) return row;
  throw new UserError(
    'The person who got that code is no longer a coordinator there. Ask a coordinator for a new one.',
    'code',
  );
}

type Named = Pick<Partnership, 'name'>;

/** A new code for another workspace, and what to do with it. */
function workspaceCodeCard(code: string): Reply {
  return {
    text: rich`In the other place, an owner or coordinator types ${commandText('workspace link', codeText(code))}. That place has to be empty: nothing noted yet. The code works once, for ten minutes. After that, both have the same partners and members.`,
  };
}

/** Why a workspace with notes cannot be linked, and what to do. */
function notEmptyText(here: Named, other: Named): RichText {
  return rich`There are notes in ${bold(here.name)} already, and I can't mix them with others. If ${bold(other.name)} is still empty, do it the other way round: type ${commandText('workspace link')} here, and the code there.`;
}

/** Asks before two partnerships are merged. */
function confirmWorkspaceLinkCard(here: Named, other: Named, code: string): Reply {
  const args = { code, sure: 'yes', [REPLACE]: 'yes' };
  return {
    text: rich`Shall this ${workspaceWord} become part of ${bold(other.name)}? Everybody I know here becomes a member there, and so do you. One of their coordinators can give you another role. The settings of ${bold(here.name)} are no longer used, and this can't be undone.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          { label: 'Link them', command: 'workspace link', args, style: 'primary' },
          cancelButton,
        ],
      },
    ],
  };
}

/** Says that the workspace is part of another partnership now. */
function workspaceLinkedCard(other: Named, movedCount: number): Reply {
  return {
    text: rich`Done: this ${workspaceWord} is part of ${bold(other.name)} now, with ${memberCount(movedCount)}. If you are a member in both places, type ${commandText('link')}, so that I know you are one person.`,
    card: [{ kind: 'buttons', buttons: [{ label: 'Link me', command: 'link', args: {} }] }],
  };
}

/** The reply to a repeat. The coordinator who typed it is only a member of the other partnership by now. */
function alreadyLinkedReply(now: Named): Reply {
  return {
    text: rich`The two are linked already: this ${workspaceWord} is part of ${bold(now.name)}.`,
  };
}

/** Tells the coordinator who got the code. */
function workspaceLinkedNotice(
  workspaces: readonly string[],
  movedCount: number,
  tied: boolean,
): Reply {
  const hidden =
    tied &&
    rich` Some of your members belong to a partner. Until a coordinator says in ${commandText('members')} who each of the new ones is, they see nothing of it.`;
  return {
    text: rich`${bold(workspaces.join(', '))} is linked now: ${memberCount(movedCount)} came along. To give one of them another role, type ${commandText('members')}.${hidden}`,
    card: [{ kind: 'buttons', buttons: [{ label: 'Members', command: 'members', args: {} }] }],
  };
}

const memberCount = (count: number): string => (count === 1 ? '1 member' : `${count} members`);
