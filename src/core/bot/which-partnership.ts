import { type IdentityRow, identities, isSameIdentity } from '../domain/identities/identity.ts';
import { keepLongArgs } from '../domain/kept-args/kept-args.ts';
import { members } from '../domain/members/member.ts';
import { partnerships } from '../domain/partnerships/partnership.ts';
import { type Identity, type Invocation, ONCE, PARTNERSHIP } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { buttonsOf } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import type { Stores } from '../ports/store.ts';

/** How many partnerships are offered: nobody is in more. */
const MAX_OFFERED = 10;

type Named = Pick<Belonging, 'partnership' | 'name'>;
type Asked = Pick<Invocation, 'command' | 'args' | 'key'>;

/** Asks which partnership something is about that was said where it could be several. Nothing typed is lost. */
export function whichPartnership(names: readonly Named[], { command, args, key }: Asked): Reply {
  const buttons = names.slice(0, MAX_OFFERED).map(
    ({ partnership, name }): Button => ({
      label: name,
      command,
      args: { ...args, [PARTNERSHIP]: partnership, [ONCE]: key },
    }),
  );
  return {
    text: rich`You are in more than one partnership here. Which one is that about? I've kept your words.`,
    card: [{ kind: 'buttons', buttons }],
  };
}

/** The same with every button short enough for each platform: its long args are kept in its own partnership. */
export async function askWhichPartnership(
  names: readonly Named[],
  asked: Asked,
  stores: Stores,
): Promise<Reply> {
  const { text, ...rest } = whichPartnership(names, asked);
  const buttons = await Promise.all(
    buttonsOf({ text, ...rest }).map(async (button) => {
      const one: Reply = { text, card: [{ kind: 'buttons', buttons: [button] }] };
      const store = stores.forPartnership(button.args[PARTNERSHIP] as string);
      const { reply } = await keepLongArgs({ reply: one, audience: 'actor' }, store, asked.key);
      return buttonsOf(reply);
    }),
  );
  return { text, card: [{ kind: 'buttons', buttons: buttons.flat() }] };
}

/** How many identities of one person are looked through. */
const MAX_IDENTITIES = 50;

/** A partnership somebody is a member of, and who they are there. */
export interface Belonging {
  partnership: string;
  /** The partnership's. */
  name: string;
  identity: Identity;
}

/**
 * The partnerships a person of a platform is a member of, each once, by name: for direct messages, which do not say
 * which one is meant. Of several workspaces in one partnership, the one they spoke in last.
 */
export async function partnershipsOf(
  stores: Stores,
  { platform, user }: Pick<Identity, 'platform' | 'user'>,
): Promise<Belonging[]> {
  const where = { platform, user };
  const rows = await stores
    .global(identities)
    .find({ index: 'byUser', where, limit: MAX_IDENTITIES });
  const found = await Promise.all(rows.map((row) => belongingOf(row, stores)));
  const known = found.flatMap((one) => one ?? []);
  const each = new Map(known.map((one) => [one.partnership, one]));
  for (const one of known) if (one.isLast) each.set(one.partnership, one);
  return [...each.values()]
    .map(({ isLast: _, ...belonging }) => belonging)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** @returns undefined where they are no member (any more). */
async function belongingOf(
  { platform, workspace, user, partnership, member }: IdentityRow,
  stores: Stores,
): Promise<(Belonging & { isLast: boolean }) | undefined> {
  const store = stores.forPartnership(partnership);
  const [tenant, row] = await Promise.all([
    store.of(partnerships).get(partnership),
    store.of(members).get(member),
  ]);
  const identity = { platform, workspace, user };
  const isTheirs = row?.active && row.identities.some((own) => isSameIdentity(own, identity));
  if (!tenant || !isTheirs) return undefined;
  const isLast = isSameIdentity(row.spoke ?? row.identities[0], identity);
  return { partnership, name: tenant.name, identity, isLast };
}
