import { idIn } from '../../base/id.ts';
import type { Identity } from '../../message/invocation.ts';
import { nameKey } from '../../names/match.ts';
import type { Stores } from '../../ports/store.ts';
import { identityId } from '../identities/identity.ts';
import type { Member } from '../members/member.ts';
import { workspaceAt } from '../workspaces/workspace.ts';

/** A place where a member is known, by its platform and workspace. */
export interface LinkedPlace {
  identity: Identity;
  /** As people read it: `Slack (Riverside)`. */
  name: string;
  /** The platform's name, and what its people call the workspace. */
  words: readonly string[];
}

/** The places where a member is known, the first one first. */
export function placesOf(
  { identities }: Pick<Member, 'identities'>,
  stores: Stores,
): Promise<LinkedPlace[]> {
  return Promise.all(identities.map((identity) => placeAt(identity, stores)));
}

/** The place of an identity. */
async function placeAt(identity: Identity, stores: Stores): Promise<LinkedPlace> {
  const { platform } = identity;
  const title = platformName(platform);
  const workspace = (await workspaceAt(stores, identity))?.name ?? '';
  const name = workspace === '' ? title : `${title} (${workspace})`;
  return { identity, name, words: [platform, workspace] };
}

/** A platform as people call it: `Slack`. */
export const platformName = (platform: string): string =>
  platform.charAt(0).toUpperCase() + platform.slice(1);

/** A place as a button names it. */
export const placeRef = ({ identity }: LinkedPlace): string => `#${identityId(identity)}`;

/** The places a text may mean: by the platform's name, the workspace's, or a button's `#id`. */
export function placesLike(text: string, places: readonly LinkedPlace[]): LinkedPlace[] {
  const id = idIn(text);
  if (id) return places.filter(({ identity }) => identityId(identity) === id);
  const key = nameKey(text);
  return places.filter(({ words, name }) => [...words, name].some((word) => nameKey(word) === key));
}
