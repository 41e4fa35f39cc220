import type { Store, Stores } from '../../ports/store.ts';
import { type Member, members } from '../members/member.ts';
import { partners } from '../partners/partner.ts';
import type { Partnership } from '../partnerships/partnership.ts';
import { type Directory, directoryOf, type PartnerName } from './directory.ts';

/** How many partnerships' names are held in memory at once. */
const MOST_HELD = 1000;

/** Gives each partnership's directory, read again only when its `namesVersion` has moved. */
export interface Directories {
  of(partnership: Partnership): Promise<Directory>;
}

/** Directories over the stores, the latest used ones held in memory. */
export function directoriesOver(stores: Stores): Directories {
  const held = new Map<string, { version: number; directory: Promise<Directory> }>();
  return {
    of(partnership) {
      const known = held.get(partnership.id);
      held.delete(partnership.id);
      const current =
        known?.version === partnership.namesVersion
          ? known
          : {
              version: partnership.namesVersion,
              directory: readDirectory(stores.forPartnership(partnership.id)),
            };
      held.set(partnership.id, current);
      current.directory.catch(() => held.delete(partnership.id));
      if (held.size > MOST_HELD) held.delete(held.keys().next().value as string);
      return current.directory;
    },
  };
}

async function readDirectory(store: Store): Promise<Directory> {
  const names: PartnerName[] = [];
  for await (const page of store.of(partners).pages({ index: 'byId' })) {
    for (const { id, name, aliases, archived } of page) names.push({ id, name, aliases, archived });
  }
  const people: Member[] = [];
  for await (const page of store.of(members).pages({ index: 'byName' })) people.push(...page);
  return directoryOf(names, people);
}
