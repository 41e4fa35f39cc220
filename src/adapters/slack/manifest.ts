import type { Commands } from '../../core/command.ts';

/** A scope the bot asks for, and what for. */
export interface Scope {
  scope: string;
  reason: string;
}

/** As few as possible; `installerOptions` and the manifest ask for exactly these. */
export const botScopes: readonly Scope[] = [];

/** The app manifest: https://docs.slack.dev/reference/app-manifest. `url`: HTTP there; absent: Socket Mode. */
export function manifestOf(
  _commands: Commands,
  _options: { command: string; url?: string },
): Record<string, unknown> {
  throw new Error('Not built yet.');
}
