import type { Directory } from '../../core/names/directory.ts';
import type { Reader } from './text.ts';

/** A reader on one workspace: members are mentioned by whom they are there. */
export function readerOn(
  workspace: string,
  directory: Directory,
  { zone, now }: Pick<Reader, 'zone' | 'now'>,
): Reader {
  return {
    zone,
    now,
    userOf(id) {
      const identities = directory.member(id)?.identities ?? [];
      return identities.find((at) => at.platform === 'slack' && at.workspace === workspace)?.user;
    },
    nameOf: (user) => directory.memberOf({ platform: 'slack', workspace, user })?.name,
  };
}
