import { askWhichPartnership, partnershipsOf } from '../../../core/bot/which-partnership.ts';
import { type Invocation, PARTNERSHIP } from '../../../core/message/invocation.ts';
import { type Reply, say } from '../../../core/message/reply.ts';
import { rich } from '../../../core/message/rich-text.ts';
import type { Stores } from '../../../core/ports/store.ts';
import type { Heard } from '../heard.ts';
import type { People } from '../people.ts';
import { PLATFORM } from '../platform.ts';
import type { Person } from './person.ts';

/** The server that something belongs to, and who did it there. */
export interface Origin {
  server: string;
  person: Person;
}

type Asked = Pick<Invocation, 'command' | 'args'>;

/** Told where nobody on any server has let somebody in who writes a direct message. */
const unknown: Reply = say(
  rich`I don't know you from any server yet. Please type your first command to me, such as help, on the server of your community.`,
);

/**
 * Where something was said: on a server; or in a direct message, which says which partnership it is about, or belongs
 * to somebody who is in one alone. @returns what is told instead where that is not known.
 * @throws when the store or Discord is out of reach.
 */
export async function originOf(
  { guild, user, key, people }: Pick<Heard, 'guild' | 'user' | 'key' | 'people'>,
  { command, args }: Asked,
  { stores, people: known }: { stores: Stores; people: People },
): Promise<Origin | { told: Reply }> {
  const [self] = people;
  if (guild !== undefined && self) return { server: guild, person: self };
  const all = await partnershipsOf(stores, { platform: PLATFORM, user });
  const named = args[PARTNERSHIP];
  const meant = named === undefined ? all : all.filter(({ partnership }) => partnership === named);
  const [one, ...others] = meant;
  if (!one) return { told: unknown };
  if (others.length > 0)
    return { told: await askWhichPartnership(meant, { command, args, key }, stores) };
  const server = one.identity.workspace;
  const person = await known.of(server, user);
  return person ? { server, person } : { told: unknown };
}
