import { idFromReference } from '../../base/id.ts';
import { listText } from '../../base/text.ts';
import type { Identity } from '../../message/invocation.ts';
import { type RichText, rich } from '../../message/rich-text.ts';
import { nameKey } from '../../names/name-words.ts';
import type { Stores } from '../../ports/store.ts';
import { identityId, platformName } from '../identities/identity.ts';
import type { Member } from '../members/member.ts';
import { workspaceAt } from '../workspaces/workspace.ts';

/** A platform and workspace where a member has an identity. */
export interface LinkedWorkspace {
  identity: Identity;
  /** As people read it: `Slack (Riverside)`. */
  name: string;
  /** What people may call it: the platform's name and the workspace's name. */
  words: readonly string[];
}

/** The linked workspaces of a member, in the order they were linked. */
export function linkedWorkspacesOf(
  { identities }: Pick<Member, 'identities'>,
  stores: Stores,
): Promise<LinkedWorkspace[]> {
  return Promise.all(identities.map((identity) => linkedWorkspaceAt(identity, stores)));
}

/** The linked workspace of an identity. */
async function linkedWorkspaceAt(identity: Identity, stores: Stores): Promise<LinkedWorkspace> {
  const { platform } = identity;
  const title = platformName(platform);
  const workspace = (await workspaceAt(stores, identity))?.name ?? '';
  const name = workspace === '' ? title : `${title} (${workspace})`;
  return { identity, name, words: [platform, workspace] };
}

/** A linked workspace as a button's arg. */
export const linkedWorkspaceRef = ({ identity }: LinkedWorkspace): string =>
  `#${identityId(identity)}`;

/** The linked workspaces that a text can mean: by the name of the platform or workspace, or by a button's `#id`. */
export function linkedWorkspacesMatching(
  text: string,
  workspaces: readonly LinkedWorkspace[],
): LinkedWorkspace[] {
  const id = idFromReference(text);
  if (id) return workspaces.filter(({ identity }) => identityId(identity) === id);
  const key = nameKey(text);
  return workspaces.filter(({ words, name }) =>
    [...words, name].some((word) => nameKey(word) === key),
  );
}

/** `in Slack (Riverside) and Discord (Riverside Friends)`. */
export function linkedWorkspacesText(workspaces: readonly LinkedWorkspace[]): RichText {
  const names = workspaces.map(({ name }) => name);
  return rich`in ${listText(names, 'and')}`;
}
