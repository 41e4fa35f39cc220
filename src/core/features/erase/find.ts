import type { Deps } from '../../command/command.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { deliveries } from '../../domain/deliveries/delivery.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { isPersonHiddenFrom } from '../../domain/directory/people-seen.ts';
import type { Erasure, ErasurePlace } from '../../domain/erasures/erasure.ts';
import { followups } from '../../domain/followups/followup.ts';
import { isSameMember, type Member } from '../../domain/members/member.ts';
import {
  isContactHiddenFrom,
  isFollowupHiddenFrom,
  isTiedTo,
  type Viewer,
  viewerOf,
} from '../../domain/members/visibility.ts';
import { people } from '../../domain/people/person.ts';
import { personalDataOfDomain } from '../../domain/personal-data/declarations.ts';
import {
  collectionOf,
  excerptOf,
  findPlaces,
  placesIn,
} from '../../domain/personal-data/places.ts';
import { hashOfText, searchByHash } from '../../domain/personal-data/search.ts';
import type { NameSearch } from '../../domain/personal-data/texts.ts';
import { receipts } from '../../domain/receipts/receipt.ts';
import { noteRetentions } from '../../domain/retention/note-retention.ts';
import type { ErasureRecords } from '../../ports/erasure-records.ts';
import type { Row } from '../../ports/store.ts';
import type { ShownPlace } from './cards.ts';

/** What it takes to find places, and to show them to a coordinator. */
export interface FindDeps extends Pick<Deps, 'store' | 'stores' | 'directory'> {
  records: ErasureRecords;
  member: Member;
}

function searchOf(
  who: Pick<Erasure, 'name' | 'member'>,
  { records, directory }: FindDeps,
): NameSearch {
  return searchByHash(who, records, (id) => directory.member(id)?.active === true);
}

/**
 * Finds all places of a name. Texts with only a part of it that this coordinator may not read are left out: nobody could
 * say whether they are about the person.
 */
export async function findErasurePlaces(
  who: Pick<Erasure, 'name' | 'member'>,
  deps: FindDeps,
): Promise<ErasurePlace[]> {
  const context = { ...deps, personalData: personalDataOfDomain };
  const found: ErasurePlace[] = [];
  for await (const { collection, id, field, text, isClear } of findPlaces(
    searchOf(who, deps),
    context,
  )) {
    found.push({ collection, id, field, text: hashOfText(text, deps.records), isClear });
  }
  const shown = new Set<string>();
  for (const place of found) {
    if (place.isClear || shown.has(place.text)) continue;
    if ((await showPlace(place, who, deps)).excerpt !== undefined) shown.add(place.text);
  }
  return found.filter(({ isClear, text }) => isClear || shown.has(text));
}

/** A place with the words around the name, if this coordinator may read them. */
export async function showPlace(
  { collection, id, field, text }: ErasurePlace,
  who: Pick<Erasure, 'name' | 'member'>,
  deps: FindDeps,
): Promise<ShownPlace> {
  const declared = personalDataOfDomain.find(({ declaration }) => declaration.name === collection);
  const row = declared && (await collectionOf(declared, deps)?.get(id));
  const viewer = viewerOf(deps.member, deps.directory);
  const isReadable =
    row && mayRead(row, collection, viewer, deps.directory) && !isHiddenField(row, field, viewer);
  const place = isReadable
    ? placesIn(row, declared, searchOf(who, deps)).find(
        (one) => one.field === field && hashOfText(one.text, deps.records) === text,
      )
    : undefined;
  return { collection, text, excerpt: place && excerptOf(place) };
}

/** What matters about a partner is hidden from whoever belongs to it. */
const isHiddenField = ({ id }: Row, field: string, viewer: Viewer): boolean =>
  field === 'about' && isTiedTo(viewer, id);

/** Whether somebody may read the words of a row. Copies may be of anything: they are for the one who got them. */
function mayRead(row: Row, collection: string, viewer: Viewer, directory: Directory): boolean {
  const values = row as Row & Record<string, unknown>;
  if (collection === contacts.name) return !isContactHiddenFrom(viewer, values as never);
  if (collection === followups.name) return !isFollowupHiddenFrom(viewer, values as never);
  if (collection === people.name) return !isPersonHiddenFrom(viewer, values as never, directory);
  if (collection === deliveries.name) return isSameMember(viewer, values.recipient as string);
  if (collection === receipts.name) return isSameMember(viewer, values.actor as string);
  if (collection === noteRetentions.name) return !isTiedTo(viewer, row.id);
  return ['partners', 'members', 'joinRequests'].includes(collection);
}
