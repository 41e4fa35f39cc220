import { collect } from '../../async/collect.ts';
import type { Deps } from '../../command/command.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { isFollowupHiddenFrom, type Viewer } from '../../domain/members/visibility.ts';
import type { Person, PersonRef } from '../../domain/people/person.ts';
import { findName, plainPrint } from '../../domain/personal-data/find-name.ts';
import { getAll, updateWithRetry } from '../../ports/store.ts';

/**
 * What somebody at a partner has promised and is still open: what was noted as theirs, names them, or came with a contact
 * with them alone. Without what is hidden from the viewer.
 */
export async function promisesOf(
  person: Pick<Person, 'id' | 'name'>,
  partner: string,
  viewer: Viewer,
  { store }: Pick<Deps, 'store'>,
): Promise<Followup[]> {
  const where = { partner, state: 'open' } as const;
  const open = await collect(store.of(followups).all({ index: 'byPartner', where }));
  const theirs = open.filter((row) => !row.ours && !isFollowupHiddenFrom(viewer, row));
  const noted = await getAll(
    store.of(contacts),
    theirs.flatMap(({ contact }) => contact ?? []),
  );
  const withThemAlone = new Set(
    noted.flatMap(({ id, people }) =>
      people?.length === 1 && people[0] === person.id ? [id] : [],
    ),
  );
  const print = plainPrint(person.name);
  return theirs.filter(
    ({ promisedBy, title, contact }) =>
      promisedBy === person.id ||
      (!promisedBy &&
        (withThemAlone.has(contact ?? '') ||
          findName(title, print).some(({ isClear }) => isClear))),
  );
}

/** Notes who of theirs is to be asked for a promise. */
export async function givePromise(
  { id }: Pick<Followup, 'id'>,
  to: PersonRef,
  { store }: Pick<Deps, 'store'>,
): Promise<void> {
  await updateWithRetry(store.of(followups), id, (row) =>
    row.promisedBy === to.id ? undefined : { ...row, promisedBy: to.id },
  );
}
