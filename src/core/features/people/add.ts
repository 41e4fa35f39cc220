import { idFromReference } from '../../base/id.ts';
import { personButton, positionsAt } from '../../cards/people-there.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { contacts } from '../../domain/contacts/contact.ts';
import { peopleSeenBy, personLabel } from '../../domain/directory/people-seen.ts';
import { isContactHiddenFrom, isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { addIfNew } from '../../domain/partners/new-partner.ts';
import type { PartnerRef } from '../../domain/partners/partner.ts';
import { type Person, people } from '../../domain/people/person.ts';
import { erasedNames } from '../../domain/personal-data/erased-names.ts';
import { CONFIRMED, FORM, ONCE } from '../../message/invocation.ts';
import { type Button, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, day, rich } from '../../message/rich-text.ts';
import { Question, questionWith, UserError } from '../../message/user-error.ts';
import { nameKey } from '../../names/name-words.ts';
import { peopleCalled } from '../../parsing/resolve-person.ts';
import { insertOnce, type New, updateWithRetry } from '../../ports/store.ts';
import { editPersonButton, positionText, tellButton } from './cards.ts';
import { checkDetails, details, nameArg } from './details.ts';
import { readPerson } from './show.ts';
import { replacePerson } from './successor.ts';

const args = {
  name: { ...nameArg, needed: true, ask: 'What are they called?', hint: '' },
  at: {
    kind: 'partner',
    add: true,
    needed: true,
    joins: ['at'],
    summary: 'The partner they are at',
    ask: 'Which partner are they at?',
    hint: '',
  },
  job: details.job,
  phone: details.phone,
  email: details.email,
  // Without a field, since a form has five.
  reach: { kind: 'text', max: details.reach.max, summary: details.reach.summary },
  from: { kind: 'date', tense: 'past', summary: 'Since when they are there, if you know' },
  replaces: { kind: 'person', past: true, summary: 'Who has left that they come after' },
  source: { kind: 'text', fromButton: true, summary: 'The contact they were noticed in' },
} as const;

/** Keeps somebody at a partner, because a member says so. */
export const addPerson = defineCommand({
  name: 'person add',
  title: 'Somebody at a partner',
  summary: 'Keep somebody at a partner: who they are, and how to reach them',
  phrases: ['add a person …', 'new person …', 'add a person', 'add a contact person …'],
  examples: [
    'person add Jane Doe, housing officer at riverside council',
    'person add Sam Lee at oakfield school job:caretaker phone:"01482 300 300"',
  ],
  args,
  words: ['name'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run(call, deps): Promise<Reply> {
    const { at, phone, email, reach, from } = call.args;
    const { name, job } = nameAndJob(call.args);
    checkDetails({ phone, email });
    const viewer = viewerOf(call.member, deps.directory);
    if (isTiedTo(viewer, at.id))
      throw new UserError(rich`Somebody else has to keep people at ${bold(at.name)}.`, 'at');
    await askAboutSameName(name, at, call, deps);
    await addIfNew(at, deps);
    const position = { partner: at.id, job, from: from?.day ?? null, until: null };
    const row: New<Person> = {
      id: deps.id('person'),
      name,
      positions: [position],
      phone: phone ?? null,
      email: email ?? null,
      reach: reach ?? null,
      source: await sourceOf(call, deps),
      keptBy: call.member.id,
      keptOn: call.today,
      toldOn: null,
      leftOn: null,
    };
    const added = await insertOnce(deps.store.of(people), row);
    if (row.source !== null)
      await updateWithRetry(deps.store.of(contacts), row.source, (contact) => ({
        ...contact,
        people: [...new Set([...(contact.people ?? []), row.id])],
      }));
    await deps.namesChanged();
    if (call.args.replaces) {
      const departed = await readPerson(call.args.replaces.id, call.member, deps);
      await replacePerson(departed, added, call.member, deps);
    }
    return replyWithUndo(
      rich`Kept: ${bold(name)}, ${positionText(position, at.name)}. Only people here can see that.`,
      call.receipt,
      [tellButton(added), editPersonButton(added)],
    );
  },
});

type AddCall = Call<typeof args>;

/** The name, and what stands after a comma: `Jane Doe, housing officer`. */
function nameAndJob({ name: typed, job }: AddCall['args']): { name: string; job: string | null } {
  const [first = '', ...rest] = typed.split(',');
  const after = rest.join(',').trim();
  const name = (job === undefined ? first : typed).replace(/\s+/gu, ' ').trim();
  if (nameKey(name) === '')
    throw new UserError('A name needs at least one letter. What are they called?', 'name');
  return { name, job: job ?? (after === '' ? null : after) };
}

/**
 * The contact in which the person was noticed.
 * @returns null if there is none any more, or the member may not read it.
 */
async function sourceOf({ args: { source }, member }: AddCall, deps: Deps): Promise<string | null> {
  const id = idFromReference(source);
  const contact = id ? await deps.store.of(contacts).get(id) : undefined;
  return contact && !isContactHiddenFrom(viewerOf(member, deps.directory), contact) ? id : null;
}

/** @throws Question if somebody of that name is kept already, or was erased. */
async function askAboutSameName(
  name: string,
  at: PartnerRef,
  { raw, member, args: { source } }: AddCall,
  { store, directory, erasureRecords }: Deps,
): Promise<void> {
  if (raw[CONFIRMED] !== undefined) return;
  const again = { command: 'person add', args: { ...raw, [CONFIRMED]: 'yes' } };
  const same = peopleCalled(name, peopleSeenBy(member, directory));
  const there = same.find((person) => positionsAt(at.id, person, directory).length > 0);
  const [elsewhere] = same;
  if (there) {
    const edit: Button = {
      label: 'Change the details',
      command: 'person edit',
      args: { who: `#${there.id}`, [FORM]: 'yes' },
    };
    throw questionWith(rich`I know ${bold(there.name)} at ${bold(at.name)} already.`, [
      personButton(there),
      edit,
      { label: 'That is somebody else', ...again },
    ]);
  }
  if (elsewhere) {
    const move: Button = {
      label: `Yes, they are at ${at.name} now`,
      command: 'person move',
      args: {
        who: `#${elsewhere.id}`,
        to: at.isNew ? `+${at.name}` : `#${at.id}`,
        ...(raw.job && { job: raw.job }),
        [ONCE]: source ?? at.id,
      },
    };
    throw questionWith(
      rich`Is that the ${bold(elsewhere.name)} I know: ${personLabel(elsewhere, directory)}?`,
      [move, { label: 'No, somebody else', ...again }],
    );
  }
  const erasedOn = (await erasedNames(store, erasureRecords))(name);
  if (erasedOn === undefined) return;
  throw new Question({
    text: rich`Somebody of this name was erased on ${day(erasedOn)}. Is this the same person? Nothing has changed.`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          { label: 'Yes, keep them anyway', ...again },
          { ...cancelButton, label: 'No' },
        ],
      },
    ],
  });
}
