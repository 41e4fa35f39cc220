import { idFromReference } from '../../base/id.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import {
  type DataRequest,
  dataRequestKinds,
  dataRequests,
  newDataRequest,
} from '../../domain/data-requests/data-request.ts';
import { enqueueCoordinatorNotices } from '../../domain/deliveries/enqueue-notice.ts';
import { otherCoordinators } from '../../domain/members/member.ts';
import { bold, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';
import { requestBlocks, requestList, requestNotice, requestText } from './cards.ts';
import { findWho, nameArg, whoArg } from './who.ts';

/** The most requests that are listed. Few people ever ask. */
const MAX_REQUESTS_SHOWN = 20;

/** Notes that somebody asked about their details. */
const request = defineCommand({
  name: 'data request',
  title: 'A request about details',
  summary: 'Note that somebody asked about their details, or complained',
  examples: ['data request Jane Doe kind:erase', 'data request Jane Doe kind:see when:monday'],
  args: {
    name: nameArg,
    kind: {
      kind: 'choice',
      choices: dataRequestKinds,
      labels: {
        see: 'To see what is held',
        correct: 'To correct something',
        erase: 'To erase it',
        complaint: 'A complaint',
      },
      needed: true,
      summary: 'What they asked for: to see, correct or erase it, or a complaint',
      ask: 'What did they ask for?',
      hint: '',
    },
    when: {
      kind: 'date',
      tense: 'past',
      summary: 'On which day they asked; today if you leave it out',
      ask: 'When did they ask?',
      hint: 'Leave empty if it was today',
    },
    who: whoArg,
  },
  words: ['name'],
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run(call, deps) {
    const { args, member, now, today } = call;
    const { store, id, directory, partnership, wake } = deps;
    const who = findWho(args, call, deps);
    const row = await store.of(dataRequests).insert(
      newDataRequest(
        {
          id: id('data-request'),
          name: who.name,
          member: who.member?.id ?? null,
          kind: args.kind,
          askedOn: args.when?.day ?? today,
          notedBy: member.id,
        },
        { zone: partnership.zone, now },
      ),
    );
    const reply = requestNotice(row, false);
    const others = otherCoordinators(directory.members, member.id);
    const notice = { subject: row.id, occurrence: 'noted', reply, at: now } as const;
    await enqueueCoordinatorNotices(others, notice, deps);
    wake();
    return { text: rich`Noted. ${requestText(row)}`, card: requestBlocks(row) };
  },
});

/** Lists the requests that are open. */
const list = defineCommand({
  name: 'data requests',
  summary: 'See who is waiting for an answer about their details',
  examples: ['data requests'],
  args: {},
  audience: 'actor',
  guard: 'coordinate',
  async run({ today }, { store }) {
    const query = { index: 'byState', where: { state: 'open' } } as const;
    const { rows, more } = await store.of(dataRequests).find(query, MAX_REQUESTS_SHOWN);
    return requestList(rows, more, today);
  },
});

/** Closes a request. */
const done = defineCommand({
  name: 'data done',
  summary: 'Say that somebody has their answer about their details',
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'Which request. Its button fills this in',
      fromButton: true,
    },
  },
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ args, member, now }, deps) {
    const id = idFromReference(args.which);
    const row = id ? await closeRequest(id, member.id, now, deps) : undefined;
    if (!row) throw new UserError('That request is no longer there.');
    return { text: rich`Done: ${bold(row.name)} has their answer.`, replaces: true };
  },
});

function closeRequest(
  id: string,
  closedBy: string,
  closedAt: Date,
  { store }: Pick<Deps, 'store'>,
): Promise<DataRequest | undefined> {
  const atRest = { remindAt: null, nextRunAt: null, claim: null };
  return updateWithRetry(store.of(dataRequests), id, (row) =>
    row.state === 'open' ? { ...row, ...atRest, state: 'done', closedBy, closedAt } : undefined,
  );
}

/**
 * Opens a request by itself, when a member's own file leaves something out. It can be repeated.
 * @returns undefined if another request of theirs to see everything is open already.
 */
export async function openOwnRequest(
  asked: Pick<DataRequest, 'id' | 'name' | 'member' | 'askedOn' | 'notedBy'>,
  { store, zone, now }: Pick<Deps, 'store' | 'now'> & { zone: string },
): Promise<DataRequest | undefined> {
  const open = store.of(dataRequests).all({ index: 'byState', where: { state: 'open' } });
  for await (const { id, member, kind } of open)
    if (id !== asked.id && member === asked.member && kind === 'see') return undefined;
  return insertOnce(
    store.of(dataRequests),
    newDataRequest({ ...asked, kind: 'see' }, { zone, now }),
  );
}

export const requestCommands = [request, list, done];
