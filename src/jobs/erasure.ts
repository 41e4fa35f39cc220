import { deliveries } from '../core/domain/deliveries/delivery.ts';
import { enqueueNotice } from '../core/domain/deliveries/enqueue-notice.ts';
import { type Erasure, erasures } from '../core/domain/erasures/erasure.ts';
import { followups } from '../core/domain/followups/followup.ts';
import { recordDataEvent } from '../core/domain/history/history-entry.ts';
import { members } from '../core/domain/members/member.ts';
import { partners } from '../core/domain/partners/partner.ts';
import { namesChanged } from '../core/domain/partnerships/partnership.ts';
import { people } from '../core/domain/people/person.ts';
import { allPersonalData } from '../core/domain/personal-data/declarations.ts';
import { eraseBatch, withTexts } from '../core/domain/personal-data/erase-rows.ts';
import type { PersonalData } from '../core/domain/personal-data/personal-data.ts';
import { hashOfText, searchByHash } from '../core/domain/personal-data/search.ts';
import type { Reply } from '../core/message/reply.ts';
import { rich } from '../core/message/rich-text.ts';
import type { ErasureRecords } from '../core/ports/erasure-records.ts';
import { type Row, type Store, updateWithRetry } from '../core/ports/store.ts';
import type { DueRowHandler, JobContext } from './due-row-handler.ts';
import { editMessages, messagesToEdit, wasPosted } from './erased-messages.ts';

/** How many batches one job does, so that it ends well before its lease. The next job starts at once and does the rest. */
const MAX_BATCHES_PER_JOB = 20;
/** How many rows one job changes. */
const MAX_CHANGED_PER_JOB = 500;
/** When to try again while another process reads the store's files (ms). */
const RETRY_FILES_MS = 5_000;
/** When to try again in a process that cannot compare names (ms). */
const RETRY_ELSEWHERE_MS = 30_000;

/** The steps after the last collection. */
const MESSAGES_STEP = '*messages';
const FILES_STEP = '*files';

/**
 * Erases a name: in the rows, then in the store's own files, then in the messages that were sent. The row says how far it
 * has come, without the name. Each step can be repeated after a crash.
 */
export const erasureHandler: DueRowHandler<Erasure> = {
  name: 'erasure',
  rows: erasures,
  repeatWhenUnknown: false,
  runsWhenMerged: true,
  dueAt: (row) => row.nextAt,
  occurrence: (row) => row.id,
  async composeReply(row, context) {
    const { erasureRecords: records, now } = context;
    if (!records) {
      await save(row, { nextAt: new Date(now.getTime() + RETRY_ELSEWHERE_MS) }, context);
    } else if (row.state === 'erasing') await eraseRows(row, records, context);
    else if (row.state === 'editing') await editOrFinish(row, context);
    return undefined;
  },
  advance: (row) => ({ ...row, nextRunAt: row.nextAt, claim: null, sending: null }),
};

/**
 * Saves how far the work has come, unless another worker has claimed the row. Then that one goes on.
 * @returns whether it was saved.
 */
async function save(
  row: Erasure,
  progress: Partial<Erasure>,
  { store }: Pick<JobContext, 'store'>,
): Promise<boolean> {
  const saved = await updateWithRetry(store.of(erasures), row.id, (current) =>
    current.claim === row.claim ? { ...current, ...progress } : undefined,
  );
  return saved !== undefined && saved.claim === row.claim;
}

/** Does some batches of the rows, and then the store's files. */
async function eraseRows(
  row: Erasure,
  records: ErasureRecords,
  context: JobContext,
): Promise<void> {
  const { store, stores, directory, now } = context;
  const personalData = allPersonalData(context.adapterPersonalData);
  const steps = withTexts(personalData);
  const names = [...steps.map(({ declaration }) => declaration.name), MESSAGES_STEP, FILES_STEP];
  const theirs = new Set(row.theirs);
  const found = { changedRows: new Set(row.changedRows), waiting: new Set(row.waiting) };
  const saveFound = async () => {
    const size = found.changedRows.size + found.waiting.size;
    if (size === savedSize) return;
    await updateWithRetry(store.of(erasures), row.id, (current) => ({
      ...current,
      changedRows: [...new Set([...current.changedRows, ...found.changedRows])],
      waiting: [...new Set([...current.waiting, ...found.waiting])],
    }));
    savedSize = size;
  };
  let savedSize = found.changedRows.size + found.waiting.size;
  const eraseContext = {
    ...{ store, stores, personalData },
    search: searchByHash(row, records, (id) => directory.member(id)?.active === true),
    isTheirs: (text: string) => theirs.has(hashOfText(text, records)),
    // Saved before the rows change, also if another worker has the claim by now: afterwards nothing shows which rows
    // and messages had the name.
    async beforeWriting(rows: readonly Row[], declared: PersonalData) {
      remember(rows, declared, found);
      await saveFound();
    },
  };
  let at = Math.max(0, names.indexOf(row.nextStep ?? ''));
  let { after } = row;
  let changed = 0;
  for (let batch = 0; batch < MAX_BATCHES_PER_JOB && changed < MAX_CHANGED_PER_JOB; batch++) {
    const name = names[at];
    if (name === FILES_STEP) break;
    const declared = steps[at];
    const result = declared
      ? await eraseBatch(declared, after, eraseContext)
      : { next: await messagesToEdit(after, found, store), changed: 0 };
    changed += result.changed;
    after = result.next ?? null;
    if (result.next === undefined) at++;
    if (result.changed > 0 && inDirectory.has(name ?? '')) await namesChanged(store);
    // After each batch, so that the next worker does not begin again when this one is slower than its lease.
    await saveFound();
    if (!(await save(row, { nextStep: names[at] ?? FILES_STEP, after }, context))) return;
  }
  if (names[at] !== FILES_STEP) {
    await save(row, { nextAt: now }, context);
    return;
  }
  const isClean = await stores.vacuum();
  const nextAt = isClean ? now : new Date(now.getTime() + RETRY_FILES_MS);
  const state = isClean ? ('editing' as const) : row.state;
  await save(row, { nextAt, state }, context);
}

/** The collections whose names a directory holds. */
const inDirectory: ReadonlySet<string> = new Set([members.name, partners.name, people.name]);

/** Notes which messages may show the text of rows that are about to change. */
function remember(
  rows: readonly Row[],
  { declaration: { name } }: PersonalData,
  { changedRows, waiting }: { changedRows: Set<string>; waiting: Set<string> },
): void {
  for (const row of rows) {
    if ([followups.name, partners.name, people.name].includes(name)) changedRows.add(row.id);
    if (name === deliveries.name && wasPosted(row as never)) waiting.add(row.id);
  }
}

/** Changes some of the messages that were sent; after the last one, tells the coordinator who asked. */
async function editOrFinish(row: Erasure, context: JobContext): Promise<void> {
  const { store, now, partnership } = context;
  if (row.waiting.length > 0) {
    await save(row, await editMessages(row, context), context);
    return;
  }
  const { id, askedBy, count, member } = row;
  if (member) await forgetAddresses(member, store);
  const subject = member ?? partnership.id;
  const event = { id: `erased-${id}`, event: 'erased', subject, actor: askedBy, at: now, count };
  await recordDataEvent({ ...event, event: 'erased' }, store);
  const notice = { subject: id, occurrence: 'done', recipient: askedBy, reply: doneNotice(row) };
  await enqueueNotice({ ...notice, at: now }, { store, wake: () => {} });
  const empty = { places: [], changedRows: [], nextStep: null, after: null };
  await save(row, { state: 'done', nextAt: null, ...empty }, context);
}

/** Takes the erased member's accounts out of the ledger, once nothing has to be changed there any more. */
async function forgetAddresses(member: string, store: Store): Promise<void> {
  const rows = store.of(deliveries);
  for await (const { id } of rows.all({ index: 'byRecipient', where: { recipient: member } })) {
    await updateWithRetry(rows, id, (row) =>
      row.address?.to === 'user' && row.nextRunAt === null ? { ...row, address: null } : undefined,
    );
  }
}

/** Tells the coordinator who asked what was done, and what was not. */
function doneNotice({ edited, unreachable }: Erasure): Reply {
  const all = edited + unreachable.length;
  const erased = rich`The details that you asked me to erase are gone.`;
  if (all === 0) return { text: erased };
  const changed =
    unreachable.length > 0
      ? rich`${edited} of ${all} messages are changed`
      : all === 1
        ? rich`The message that named them is changed`
        : rich`All ${all} messages that named them are changed`;
  const reasons = [...new Set(unreachable)].join(' ');
  const rest =
    unreachable.length > 0 &&
    rich` ${unreachable.length} I could not reach: ${reasons} Please delete ${unreachable.length === 1 ? 'it' : 'these'} in the chat.`;
  return { text: rich`${erased} ${changed}.${rest}` };
}
