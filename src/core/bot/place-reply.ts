import { idFromReference } from '../base/id.ts';
import type { Deps } from '../command/command.ts';
import { dayOf } from '../dates/day.ts';
import { followups } from '../domain/followups/followup.ts';
import { isSameMember } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { isOnLeaveOrJustBack } from '../domain/members/rules.ts';
import { isFollowupHiddenFrom, viewerOf } from '../domain/members/visibility.ts';
import { itemBlock } from '../features/briefs/cards.ts';
import { kindOf, updateBrief } from '../features/briefs/update-brief.ts';
import { BRIEF, REPLACE, VIEW } from '../message/invocation.ts';
import { type Block, type Button, mapButtons, type Reply } from '../message/reply.ts';
import type { Answer } from '../ports/platform.ts';
import type { Stores } from '../ports/store.ts';
import { type CommandContext, expandTypedArgs, readAgain } from './command-context.ts';

interface PlaceDeps {
  stores: Stores;
  commands: Deps['commands'];
  /** Runs a command that writes nothing. */
  read(context: CommandContext): Promise<Answer>;
}

/**
 * Puts the reply to a button of a brief, a list or a message about one follow-up into that message, which then shows how
 * things are now. Other replies and forms stay as they are, but the rows of a list get buttons that know their list.
 */
export async function placeReply(
  { reply, form }: Answer,
  context: CommandContext,
  deps: PlaceDeps,
): Promise<Reply> {
  const { args, partnership } = context.invocation;
  if (form) return reply;
  const store = deps.stores.forPartnership(partnership);
  const brief = args[BRIEF];
  const today = dayOf(context.now, context.zone);
  if (brief !== undefined) return updateBrief(brief, reply, { ...context, store, today });
  const view = viewOf(context);
  if (view === undefined) return context.command.isList ? asList(reply, context, deps) : reply;
  const followup = idFromReference(view);
  const shown = followup
    ? await followupBlocks(followup, context, deps)
    : await listBlocks(view, context, deps);
  if (!shown) return reply;
  const { text, card = [] } = withView(reply, view, deps);
  return { text, card: [...card, ...shown], replaces: true };
}

/** What the pressed message shows. Messages about one follow-up say only that the reply replaces them. */
function viewOf({ invocation: { args }, command }: CommandContext): string | undefined {
  if (args[VIEW] !== undefined) return args[VIEW];
  const isAboutFollowup = args[REPLACE] !== undefined && command.name.startsWith('followup ');
  return isAboutFollowup && args.which?.startsWith('#') ? args.which : undefined;
}

/** The reply with buttons that show their answers in the message that shows `view`: those that change something. */
function withView(reply: Reply, view: string, { commands }: Pick<PlaceDeps, 'commands'>): Reply {
  return mapButtons(reply, (button) => (changes(button) ? inView(button) : button));
  function changes({ command }: Button): boolean {
    const { writes, writesWithoutReceipt } = commands.get(command) ?? {};
    return writes === true || writesWithoutReceipt === true;
  }
  function inView(button: Button): Button {
    return { ...button, args: { ...button.args, [VIEW]: view } };
  }
}

/** A list with rows whose buttons show their answers in the list. Other buttons stay as they are. */
function asList(reply: Reply, context: CommandContext, deps: PlaceDeps): Reply {
  const view = viewOfList(context);
  const card = (reply.card ?? []).map((block): Block => {
    if (block.kind !== 'row') return block;
    const [row = block] = withView({ text: [], card: [block] }, view, deps).card ?? [];
    return row;
  });
  return { ...reply, ...(reply.card && { card }) };
}

/** The list with its page: `followup list?show=late&page=2`. */
function viewOfList(context: CommandContext): string {
  const { name, args } = context.command;
  const given = Object.entries(expandTypedArgs(context)).filter(
    ([arg, value]) => Object.hasOwn(args, arg) && value !== '',
  );
  return given.length === 0 ? name : `${name}?${new URLSearchParams(given)}`;
}

/** The list as it is now, below the reply. Undefined if the member may not see it. */
async function listBlocks(
  view: string,
  given: CommandContext,
  deps: PlaceDeps,
): Promise<Block[] | undefined> {
  const [name = '', params] = view.split('?');
  const args = Object.fromEntries(new URLSearchParams(params));
  const command = deps.commands.get(name);
  if (!command?.isList) return undefined;
  // The command may have changed names and settings, or taken the member out.
  const fresh = await readAgain(given, deps.stores);
  const member = fresh?.directory.member(given.member.id);
  if (!fresh || !member?.active || !may(member.role, command.guard)) return undefined;
  const invocation = { ...given.invocation, command: name, args, automatic: true as const };
  const context = { ...fresh, invocation, command, existingReceipt: undefined };
  const { text, card = [] } = asList((await deps.read(context)).reply, context, deps);
  return [{ kind: 'text', text }, ...card];
}

/** An open follow-up with its buttons, if it is the member's or they were asked to do it; nothing otherwise. */
async function followupBlocks(
  id: string,
  { invocation, ...context }: CommandContext,
  deps: PlaceDeps,
): Promise<readonly Block[]> {
  const { member, directory, partnership, now, zone } = context;
  const store = deps.stores.forPartnership(invocation.partnership);
  const row = await store.of(followups).get(id);
  if (row?.state !== 'open' || ![row.who, row.asked].some((one) => isSameMember(member, one)))
    return [];
  if (isFollowupHiddenFrom(viewerOf(member, directory), row)) return [];
  const today = dayOf(now, zone);
  const isBack = isOnLeaveOrJustBack(member, today, partnership);
  const kind = isSameMember(member, row.asked) ? 'asked' : kindOf(row, today);
  const block = itemBlock({ kind, row }, member, { today, directory, partnership, isBack });
  return withView({ text: [], card: [block] }, `#${id}`, deps).card ?? [];
}
