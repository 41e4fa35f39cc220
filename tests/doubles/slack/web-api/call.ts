import type { Json } from '../../json.ts';
import type { ManifestRules } from '../manifest-rules.ts';
import { Refusal } from '../refusal.ts';
import type { Channel, Installation, User, World } from '../world.ts';

/** One call of a Web API method, already checked against its schema. */
export interface Call {
  world: World;
  method: string;
  args: Json;
  /** The installation of the bot token. */
  caller: Installation;
  /** What the app's manifest allows. */
  allowed: ManifestRules;
  /** The address of the double, such as `http://127.0.0.1:4000`. */
  url: string;
}

export type Handler = (call: Call) => Json;

/** Whether the token reaches this team. */
export function reaches({ world, caller }: Pick<Call, 'world' | 'caller'>, team: string): boolean {
  if (caller.team) return caller.team === team;
  const { enterprise, isLeftOut = false } = world.teams.get(team) ?? {};
  return enterprise === caller.enterprise && !isLeftOut;
}

/** The team of a call: the token's, or for an organisation-wide token its `team_id`. */
export function teamOf(call: Call): string {
  const team = call.caller.team ?? call.args.team_id;
  if (typeof team !== 'string') throw new Refusal('missing_argument', 'team_id is missing');
  return team;
}

/** A channel that the token may see. */
export function channelOf(call: Call, id: unknown): Channel {
  const channel = call.world.channels.get(String(id));
  if (!channel || !reaches(call, channel.team)) throw new Refusal('channel_not_found');
  if (channel.kind !== 'public' && !channel.members.has(call.caller.botUser))
    throw new Refusal('channel_not_found');
  return channel;
}

/** A user that the token may see: of its team, or in a shared channel. */
export function userOf(call: Call, id: unknown): User {
  const user = call.world.users.get(String(id));
  if (!user || !(reaches(call, user.team) || sharesChannel(call, user)))
    throw new Refusal('user_not_found');
  return user;
}

function sharesChannel(call: Call, user: User): boolean {
  return [...call.world.channels.values()].some(
    (channel) => channel.members.has(user.id) && reaches(call, channel.team),
  );
}

const SCOPE_WORD = { public: 'channels', private: 'groups', im: 'im' };

/** Throws a Refusal when the token lacks the scope for this kind of channel, such as `im:history`. */
export function requireScope({ caller }: Call, kind: Channel['kind'], right: string): void {
  const scope = `${SCOPE_WORD[kind]}:${right}`;
  if (!caller.scopes.has(scope)) throw new Refusal('missing_scope', `${scope} is missing`);
}

/** One page of a list, by a cursor that is the index of its first item. */
export function pageOf<T>(all: readonly T[], args: Json): { items: T[]; next_cursor: string } {
  const start = Number(args.cursor ?? 0) || 0;
  const limit = Number(args.limit ?? 100);
  if (limit < 1 || limit > 1000) throw new Refusal('invalid_arguments', `limit: ${limit}`);
  const end = start + limit;
  return { items: all.slice(start, end), next_cursor: end < all.length ? String(end) : '' };
}
