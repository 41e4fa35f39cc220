import { errorFields, type Log } from '../../core/base/log.ts';
import { identities } from '../../core/domain/identities/identity.ts';
import type { Adapter, Bot } from '../../core/ports/platform.ts';
import type { Stores } from '../../core/ports/store.ts';
import { PLATFORM } from './connection/platform.ts';
import type { UserChange } from './input/input.ts';
import type { Users } from './users.ts';

interface UserChangeDeps {
  bot: Bot;
  users: Users;
  profileOf: Adapter['profileOf'];
  stores: Stores;
  log: Pick<Log, 'error'>;
}

/**
 * Tells the bot what a member is now. Slack sends the change of every user of a workspace, such as a new status: most
 * of them never used Convenor, and cost one read of an index. Never throws.
 */
export async function noteUserChange(
  { team, user }: UserChange,
  { bot, users, profileOf, stores, log }: UserChangeDeps,
): Promise<void> {
  users.update(team, user);
  try {
    const query = { index: 'byUser', where: { platform: PLATFORM, user: user.id } } as const;
    for await (const { workspace } of stores.global(identities).all(query)) {
      // In an organisation, the event may name another of their workspaces than the one they were removed from.
      if (workspace === team) users.remember(team, user);
      else users.forget(workspace, user.id);
      const identity = { platform: PLATFORM, workspace, user: user.id };
      const profile = await profileOf(identity);
      if (profile) await bot.profileChanged(identity, profile);
    }
  } catch (error) {
    // The bot asks what they are before it answers or writes to them.
    log.error(errorFields(error), 'slack user change not noted');
  }
}
