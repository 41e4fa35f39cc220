import { derivedId, idFromReference } from '../../base/id.ts';
import { defineCommand } from '../../command/command.ts';
import { scheduleBrief } from '../../domain/briefs/schedule.ts';
import { enqueueNotices } from '../../domain/deliveries/enqueue-notice.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { addMember, type JoinContext } from '../../domain/joining/join.ts';
import { type KnownPerson, profileName } from '../../domain/joining/profile.ts';
import { withAccessRestored } from '../../domain/members/identity-access.ts';
import { isActiveCoordinator, type Member, members } from '../../domain/members/member.ts';
import { roles } from '../../domain/members/rights.ts';
import { namesChanged } from '../../domain/partnerships/partnership.ts';
import type { RawArgs } from '../../message/invocation.ts';
import { type Button, type Reply, say } from '../../message/reply.ts';
import { bold, commandText, joined, rich, workspaceWord } from '../../message/rich-text.ts';
import { updateWithRetry } from '../../ports/store.ts';

/** The command with which a workspace's owner names a coordinator when nobody is left. */
export const COORDINATOR_COMMAND = 'coordinator';
/** The value of its arg for the owner themselves. */
const MYSELF = 'me';
/** How many members the owner can choose from. */
const MAX_OFFERED = 8;

/** For members. The owner of a workspace without a coordinator is answered by {@link nameCoordinator}. */
export const coordinator = defineCommand({
  name: COORDINATOR_COMMAND,
  summary: 'See who coordinates; if nobody is left, the owner here names somebody',
  examples: ['coordinator'],
  args: {
    who: {
      kind: 'text',
      max: 100,
      summary: 'The member. A button fills this in',
      fromButton: true,
    },
  },
  audience: 'actor',
  guard: 'ask for help',
  async run(_, { directory }): Promise<Reply> {
    const names = directory.members
      .filter(isActiveCoordinator)
      .map(({ name }) => rich`${bold(name)}`);
    if (names.length === 0)
      return say(
        rich`Nobody coordinates here at the moment. An owner or admin of this ${workspaceWord} can name somebody: ask them to type ${commandText(COORDINATOR_COMMAND)}.`,
      );
    const verb = names.length === 1 ? 'coordinates' : 'coordinate';
    return say(rich`${joined(names, ' and ')} ${verb} here.`);
  },
});

/**
 * Whether an owner of the workspace has to name a coordinator first, since nobody is left.
 * @param isNew the owner is not a member yet: if nobody ever coordinated, they do so as soon as they join.
 */
export function needsCoordinator({ members }: Directory, isNew: boolean): boolean {
  if (members.some(isActiveCoordinator)) return false;
  return !isNew || members.some(({ role }) => role === 'coordinator');
}

/**
 * Answers the owner of a workspace whose partnership has no coordinator left: asks whom to name, and names the member
 * whose button they press. Everybody is told. Each step can be repeated.
 * @param args of the `coordinator` command; undefined if the owner asked for something else.
 */
export async function nameCoordinator(
  owner: KnownPerson,
  args: RawArgs | undefined,
  context: JoinContext & { wake(): void },
): Promise<Reply> {
  const { stores, partnership, directory, now, wake } = context;
  const isThemselves = args?.who === MYSELF;
  const chosen = isThemselves
    ? await memberOfOwner(owner, context)
    : directory.member(idFromReference(args?.who ?? '') ?? '');
  if (!chosen || (!isThemselves && !chosen.active)) return askForCoordinator(context);
  const store = stores.forPartnership(partnership.id);
  const named = await updateWithRetry(store.of(members), chosen.id, (row) => {
    if (row.sending || isActiveCoordinator(row)) return undefined;
    const restored = isThemselves ? withAccessRestored(row) : row;
    return scheduleBrief({ ...restored, active: true, role: 'coordinator' }, partnership, now);
  });
  if (!named || !isActiveCoordinator(named))
    return say(rich`Their brief is being sent right now. Please try again in a minute.`);
  await namesChanged(store, { partners: [], members: [named.id] });
  const by = profileName(owner.profile) || 'Somebody';
  const text = isThemselves
    ? rich`${bold(named.name)}, an owner of the ${workspaceWord}, coordinates ${bold(partnership.name)} now, since nobody was left to do it.`
    : rich`${bold(named.name)} coordinates ${bold(partnership.name)} now. ${by}, an owner of the ${workspaceWord}, named them, since nobody was left to do it.`;
  const occurrence = derivedId('coordinator', named.id, now.toISOString());
  const told = directory.members.filter(({ id, active }) =>
    id === named.id ? !isThemselves : active,
  );
  const notice = { subject: named.id, occurrence, reply: say(text), at: now };
  await enqueueNotices(told, notice, { store, wake: () => {} });
  wake();
  return say(
    rich`${isThemselves ? 'You coordinate' : rich`${bold(named.name)} coordinates`} ${bold(partnership.name)} now. I'll tell everybody.`,
  );
}

/** The owner's own member; they become one if they are not known yet. */
async function memberOfOwner(
  owner: KnownPerson,
  context: JoinContext,
): Promise<Member | undefined> {
  const { stores, partnership, directory } = context;
  const known = directory.memberOf(owner.identity);
  if (known) return known;
  const id = await addMember({ role: 'member', active: true }, owner, context);
  return stores.forPartnership(partnership.id).of(members).get(id);
}

/** Asks the owner whom to name. Those with more rights come first. */
function askForCoordinator({ directory, partnership }: JoinContext): Reply {
  const button = (label: string, who: string): Button => ({
    label,
    command: COORDINATOR_COMMAND,
    args: { who },
  });
  const here = directory.members
    .filter(({ active }) => active)
    .toSorted((a, b) => roles.indexOf(b.role) - roles.indexOf(a.role));
  const others = here.slice(0, MAX_OFFERED).map(({ id, name }) => button(name, `#${id}`));
  return {
    text: rich`Nobody coordinates ${bold(partnership.name)} at the moment. As an owner of this ${workspaceWord} you can name somebody, and I'll tell everybody. Who shall it be?`,
    card: [{ kind: 'buttons', buttons: [button("I'll do it", MYSELF), ...others] }],
  };
}
