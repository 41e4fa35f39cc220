import { type Json, objectOf, textOf } from '../json.ts';

/** The operations that Convenor, or somebody who tries it, has a use for. */
export const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  '/gateway/bot': ['get'],
  '/users/@me': ['get'],
  '/users/@me/channels': ['post'],
  '/users/@me/guilds/{guild_id}': ['delete'],
  '/users/{user_id}': ['get'],
  '/applications/@me': ['get'],
  '/applications/{application_id}/commands': ['get', 'put'],
  '/applications/{application_id}/guilds/{guild_id}/commands': ['get', 'put'],
  '/channels/{channel_id}': ['get'],
  '/channels/{channel_id}/messages': ['get', 'post'],
  '/channels/{channel_id}/messages/{message_id}': ['get', 'patch', 'delete'],
  '/channels/{channel_id}/threads': ['post'],
  '/channels/{channel_id}/thread-members': ['get'],
  '/channels/{channel_id}/thread-members/{user_id}': ['put', 'delete'],
  '/guilds/{guild_id}': ['get'],
  '/guilds/{guild_id}/channels': ['get'],
  '/guilds/{guild_id}/members/{user_id}': ['get'],
  '/guilds/{guild_id}/roles': ['get'],
  '/guilds/{guild_id}/threads/active': ['get'],
  '/interactions/{interaction_id}/{interaction_token}/callback': ['post'],
  '/webhooks/{webhook_id}/{webhook_token}': ['post'],
  '/webhooks/{webhook_id}/{webhook_token}/messages/@original': ['get', 'patch', 'delete'],
  '/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': ['get', 'patch', 'delete'],
};

/** The part of Discord's OpenAPI document that describes the requests of these operations. */
export function trimmed(whole: Json): Json {
  const { openapi, info, components } = whole;
  const paths = Object.fromEntries(
    Object.entries(OPERATIONS).map(([path, methods]) => {
      const given = objectOf(objectOf(whole.paths)[path]);
      const kept = methods.map((method) => [method, requestOf(objectOf(given[method]))]);
      return [path, { parameters: given.parameters, ...Object.fromEntries(kept) }];
    }),
  );
  const all = objectOf(objectOf(components).schemas);
  const names = [...namesIn(paths, all, new Set())].sort();
  const schemas = Object.fromEntries(names.map((name) => [name, all[name]]));
  return JSON.parse(JSON.stringify({ openapi, info, paths, components: { schemas } }));
}

/** Bodies are alike in every encoding. */
function requestOf({ operationId, parameters, requestBody, security }: Json): Json {
  const { content, ...rest } = objectOf(requestBody);
  const json = 'application/json';
  const body = content ? { ...rest, content: { [json]: objectOf(content)[json] } } : undefined;
  return { operationId, parameters, requestBody: body, security };
}

/** The schemas that a part of the document names, and those that they name. */
function namesIn(part: unknown, all: Json, found: Set<string>): Set<string> {
  if (typeof part !== 'object' || part === null) return found;
  for (const [key, value] of Object.entries(part)) {
    const name = key === '$ref' ? textOf(value).split('/').at(-1) : undefined;
    if (name === undefined) namesIn(value, all, found);
    else if (!found.has(name)) namesIn(all[name], all, found.add(name));
  }
  return found;
}
