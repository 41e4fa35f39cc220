import { type Json, objectOf, textOf } from '../json.ts';

/** The operations that Convenor uses, and those that a person uses to try it out. */
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

const JSON_TYPE = 'application/json';

/** The part of Discord's OpenAPI document that describes the requests of these operations. */
export const trimRequests = (whole: Json): Json => trim(whole, requestOf);

/** The part that describes what these operations answer when they succeed. */
export const trimResponses = (whole: Json): Json => trim(whole, responsesOf);

function trim(whole: Json, partOf: (operation: Json) => Json): Json {
  const { openapi, info, components } = whole;
  const paths = Object.fromEntries(
    Object.entries(OPERATIONS).map(([path, methods]) => {
      const given = objectOf(objectOf(whole.paths)[path]);
      const kept = methods.map((method) => [method, partOf(objectOf(given[method]))]);
      const parameters = partOf === requestOf ? given.parameters : undefined;
      return [path, { parameters, ...Object.fromEntries(kept) }];
    }),
  );
  const all = objectOf(objectOf(components).schemas);
  const names = [...namesIn(paths, all, new Set())].sort();
  const schemas = Object.fromEntries(names.map((name) => [name, all[name]]));
  return JSON.parse(JSON.stringify({ openapi, info, paths, components: { schemas } }));
}

/** A request body has the same schema in every encoding: JSON's is enough. */
function requestOf({ operationId, parameters, requestBody, security }: Json): Json {
  return { operationId, parameters, requestBody: onlyJson(requestBody), security };
}

function responsesOf({ operationId, responses }: Json): Json {
  const succeeded = Object.entries(objectOf(responses)).filter(([status]) =>
    status.startsWith('2'),
  );
  const kept = succeeded.map(([status, response]) => [status, onlyJson(response)]);
  return { operationId, responses: Object.fromEntries(kept) };
}

function onlyJson(part: unknown): Json | undefined {
  if (part === undefined) return undefined;
  const { content, ...rest } = objectOf(part);
  return content ? { ...rest, content: { [JSON_TYPE]: objectOf(content)[JSON_TYPE] } } : rest;
}

/** The schemas that a part of the document names, and those that they name in turn. */
function namesIn(part: unknown, all: Json, found: Set<string>): Set<string> {
  if (typeof part !== 'object' || part === null) return found;
  for (const [key, value] of Object.entries(part)) {
    const name = key === '$ref' ? textOf(value).split('/').at(-1) : undefined;
    if (name === undefined) namesIn(value, all, found);
    else if (!found.has(name)) namesIn(all[name], all, found.add(name));
  }
  return found;
}
