import { collect } from '../async/collect.ts';
import type { Clock } from '../base/clock.ts';
import type { Commands } from '../command/command.ts';
import { type IdentityRow, identities, isSameIdentity } from '../domain/identities/identity.ts';
import { keepLongArgs } from '../domain/kept-args/kept-args.ts';
import { lossOf } from '../domain/members/identity-access.ts';
import { hasIdentity, members } from '../domain/members/member.ts';
import { partnerships } from '../domain/partnerships/partnership.ts';
import { type Identity, type Invocation, ONCE, PARTNERSHIP } from '../message/invocation.ts';
import type { Button, Reply } from '../message/reply.ts';
import { buttonsOf } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import type { Stores } from '../ports/store.ts';

/** How many partnerships to choose from. */
const MAX_OFFERED = 10;

type NamedPartnership = Pick<Membership, 'partnership' | 'name'>;
type InterruptedCommand = Pick<Invocation, 'command' | 'args' | 'key'>;

/** Asks which partnership a command is about. The buttons keep everything that was typed. */
export function whichPartnership(
  names: readonly NamedPartnership[],
  { command, args, key }: InterruptedCommand,
): Reply {
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

/** The same question with buttons short enough for all platforms: long args are stored in the button's partnership. */
export async function askWhichPartnership(
  names: readonly NamedPartnership[],
  invocation: InterruptedCommand,
  { stores, clock, commands }: { stores: Stores; clock: Clock; commands: Commands },
): Promise<Reply> {
  const { text, ...rest } = whichPartnership(names, invocation);
  const buttons = await Promise.all(
    buttonsOf({ text, ...rest }).map(async (button) => {
      const one: Reply = { text, card: [{ kind: 'buttons', buttons: [button] }] };
      const store = stores.forPartnership(button.args[PARTNERSHIP] as string);
      const { key } = invocation;
      const { reply } = await keepLongArgs(
        { reply: one, audience: 'actor' },
        { store, key, now: clock.now(), commands },
      );
      return buttonsOf(reply);
    }),
  );
  return { text, card: [{ kind: 'buttons', buttons: buttons.flat() }] };
}

/** A partnership that a user is a member of. */
export interface Membership {
  partnership: string;
  /** The partnership's name. */
  name: string;
  /** The user's identity in it. */
  identity: Identity;
}

/**
 * The partnerships that a user is a member of, by name, for direct messages, which may be about any of them. Each
 * comes once, with the identity that the member used last.
 */
export async function partnershipsOf(
  stores: Stores,
  { platform, user }: Pick<Identity, 'platform' | 'user'>,
): Promise<Membership[]> {
  const query = { index: 'byUser', where: { platform, user } } as const;
  const rows = await collect(stores.global(identities).all(query));
  const found = await Promise.all(rows.map((row) => membershipOf(row, stores)));
  const known = found.flatMap((one) => one ?? []);
  const each = new Map(known.map((one) => [one.partnership, one]));
  for (const one of known) if (one.isLast) each.set(one.partnership, one);
  return [...each.values()]
    .map(({ isLast: _, ...membership }) => membership)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** @returns undefined if the user is not a member any more. */
async function membershipOf(
  { platform, workspace, user, partnership, member }: IdentityRow,
  stores: Stores,
): Promise<(Membership & { isLast: boolean }) | undefined> {
  const store = stores.forPartnership(partnership);
  const [tenant, row] = await Promise.all([
    store.of(partnerships).get(partnership),
    store.of(members).get(member),
  ]);
  const identity = { platform, workspace, user };
  const isTheirs = row?.active && hasIdentity(row, identity) && !lossOf(row, identity);
  if (!tenant || !isTheirs) return undefined;
  const isLast = isSameIdentity(row.lastSpokeAs ?? row.identities[0], identity);
  return { partnership, name: tenant.name, identity, isLast };
}
