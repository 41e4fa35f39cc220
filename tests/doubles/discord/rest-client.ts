import { DiscordAPIError, REST, type RESTOptions } from 'discord.js';
import type { DiscordDouble } from './discord.ts';

/** discord.js's own REST client on the double, without retries. */
export function restClient(discord: DiscordDouble, token = discord.botToken): REST {
  const rest = new REST({
    // The default sends no form while another version of undici is in the process, as Slack's library brings.
    makeRequest: fetch as unknown as RESTOptions['makeRequest'],
    api: discord.apiUrl,
    version: '10',
    retries: 0,
    rejectOnRateLimit: () => true,
  });
  return rest.setToken(token);
}

/** The code of Discord's refusal; 'nothing' when it does not refuse. */
export const errorCode = (call: Promise<unknown>): Promise<number | string> =>
  call.then(
    () => 'nothing',
    (error) => (error instanceof DiscordAPIError ? error.code : error.name),
  );

/** The paths at which Discord finds a problem, such as `components.0.label`. */
export const problemPaths = (call: Promise<unknown>): Promise<string[]> =>
  call.then(
    () => [],
    (error) => placesIn(error.rawError?.errors ?? {}),
  );

function placesIn(tree: object, path = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    key === '_errors' ? [path] : placesIn(value, path ? `${path}.${key}` : key),
  );
}
