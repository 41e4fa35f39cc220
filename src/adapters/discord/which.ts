import { identities } from '../../core/features/identities/store.ts';
import { partnerships } from '../../core/features/settings/store.ts';
import { workspaceAt } from '../../core/features/workspaces/store.ts';
import type { Person } from './person.ts';
import { PLATFORM } from './platform.ts';
import type { Heard } from './receive.ts';
import type { Parts } from './scene.ts';
import { serverOf } from './server-mark.ts';

/** A server that somebody is on, and whose partnership knows them. */
export interface Home {
  server: string;
  partnership: string;
  person: Person;
}

/** On how many servers one person is looked for. */
const MOST_SERVERS = 10;

/**
 * The servers that something in a direct message may belong to: one where it says which, or where all belong to one
 * partnership. @returns an empty list for whoever is known nowhere. @throws when the store or Discord is out of reach.
 */
export async function homesOf(heard: Heard, parts: Parts): Promise<readonly Home[]> {
  const { user } = heard;
  const known = await parts.stores.global(identities).find({
    index: 'byUser',
    where: { platform: PLATFORM, user },
    limit: MOST_SERVERS,
  });
  const servers = known.map(({ workspace }) => workspace);
  const marked = serverOf(heard, servers);
  const asked = marked === undefined ? servers : [marked];
  const homes = await Promise.all(asked.map((server) => homeOn(server, user, parts)));
  const found = homes.filter((home) => home !== undefined);
  return found.filter(
    ({ partnership }, index) =>
      found.findIndex((home) => home.partnership === partnership) === index,
  );
}

async function homeOn(server: string, user: string, parts: Parts): Promise<Home | undefined> {
  const [workspace, person] = await Promise.all([
    workspaceAt(parts.stores, { platform: PLATFORM, workspace: server }),
    parts.people.of(server, user),
  ]);
  return workspace && person && { server, partnership: workspace.partnership, person };
}
