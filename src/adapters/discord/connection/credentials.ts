import {
  type APIApplication,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Routes,
} from 'discord.js';
import { CredentialError } from '../../../core/base/credential-error.ts';
import type { Rest } from './rest.ts';

/** Checks the token. @returns the id of Convenor's application. @throws CredentialError if Discord refuses the token, else what the call throws. */
export async function checkToken(rest: Rest): Promise<string> {
  try {
    const { id } = await rest.call<Partial<APIApplication>>('GET', Routes.currentApplication());
    if (id === undefined) throw new Error('Discord returned an application without an id.');
    return id;
  } catch (error) {
    throw refusesToken(error) ? badToken() : error;
  }
}

/** Whether Discord refuses the token itself. */
export function refusesToken(error: unknown): boolean {
  if (error instanceof DiscordjsError) return error.code === DiscordjsErrorCodes.TokenInvalid;
  return error instanceof DiscordAPIError && error.status === 401;
}

/** The error to show if Discord refuses the token. */
export function badToken(): CredentialError {
  return new CredentialError(
    'Discord does not take DISCORD_TOKEN: under "Bot" in the settings of the Discord application, press "Reset Token" and copy the new one.',
  );
}

/** The error to show if Discord refuses the configured shards. */
export function badShards(): CredentialError {
  return new CredentialError(
    'Discord does not take DISCORD_SHARDS: it asks for more shards in all, or they are counted from 0; leave DISCORD_SHARDS out for as many as Discord advises.',
  );
}

/** The error to show if Convenor is not on the configured server. */
export function badServer(): CredentialError {
  return new CredentialError(
    'Convenor is not on the server that DISCORD_GUILD_ID names: invite it there (docs/discord.md has the address), or leave DISCORD_GUILD_ID out.',
  );
}
