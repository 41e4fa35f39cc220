import type { Json } from '../json.ts';
import { channelJson } from './channel-object.ts';
import { attachmentJson } from './files.ts';
import { roleJson } from './guild-object.ts';
import { messageJson } from './message.ts';
import { permissionsOf } from './permissions.ts';
import { bareMember, userJson } from './user-object.ts';
import type { Channel, Guild, Message, World } from './world.ts';

/** The objects that the ids in an interaction name: https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure */
export function resolved(
  world: World,
  channel: Channel,
  ids: readonly string[],
  message?: Message,
): Json | undefined {
  const guild = world.guilds.get(channel.guild ?? '');
  const users = found(ids, (id) => world.users.get(id));
  const all: Json = {
    users: mapped(users, userJson),
    members: mapped(
      found(ids, (id) => guild?.members.get(id)),
      (member) => {
        const { deaf, mute, ...rest } = bareMember(member);
        return {
          ...rest,
          permissions: String(permissionsOf(guild as Guild, member.user, channel)),
        };
      },
    ),
    roles: mapped(
      found(ids, (id) => guild?.roles.find((role) => role.id === id)),
      roleJson,
    ),
    channels: mapped(
      found(ids, (id) => world.channels.get(id)),
      (one) => ({ ...channelJson(world, one), permissions: '0' }),
    ),
    attachments: mapped(
      found(ids, (id) => world.files.get(id)),
      (file) => attachmentJson(world, file),
    ),
    messages: message ? { [message.id]: messageJson(world, message) } : {},
  };
  const kept = Object.entries(all).filter(([, group]) => Object.keys(group as Json).length > 0);
  return kept.length ? Object.fromEntries(kept) : undefined;
}

type Found<T> = [id: string, thing: T][];

function found<T>(ids: readonly string[], find: (id: string) => T | undefined): Found<T> {
  return ids.flatMap((id): Found<T> => {
    const thing = find(id);
    return thing === undefined ? [] : [[id, thing]];
  });
}

const mapped = <T>(all: Found<T>, json: (thing: T) => Json): Json =>
  Object.fromEntries(all.map(([id, thing]) => [id, json(thing)]));
