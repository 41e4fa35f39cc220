import { readFileSync } from 'node:fs';
import express from 'express';
import { expect, it } from 'vitest';
import { playgroundMessages } from '../../src/adapters/playground/messages.ts';
import { usedStates } from '../../src/adapters/slack/installing/oauth-states.ts';
import { collect } from '../../src/core/async/collect.ts';
import { acquaintances } from '../../src/core/domain/acquaintances/acquaintance.ts';
import { dataExports } from '../../src/core/domain/data-exports/data-export.ts';
import { dataRequests, newDataRequest } from '../../src/core/domain/data-requests/data-request.ts';
import { deliveries, preparedDelivery } from '../../src/core/domain/deliveries/delivery.ts';
import { sendThrottles } from '../../src/core/domain/deliveries/send-throttle.ts';
import { erasures, undecided } from '../../src/core/domain/erasures/erasure.ts';
import { handovers } from '../../src/core/domain/handover/handover.ts';
import { historyWords } from '../../src/core/domain/history/history-entry.ts';
import { interests } from '../../src/core/domain/interests/interest.ts';
import { joinRequests } from '../../src/core/domain/join-requests/join-request.ts';
import { keptArgs } from '../../src/core/domain/kept-args/kept-args.ts';
import { linkAttempts, linkCodes } from '../../src/core/domain/link-codes/link-code.ts';
import { meetings } from '../../src/core/domain/meetings/meeting.ts';
import { outgoingFiles } from '../../src/core/domain/outgoing-files/outgoing-file.ts';
import { newPartnership, partnerships } from '../../src/core/domain/partnerships/partnership.ts';
import { activities } from '../../src/core/domain/receipts/activity.ts';
import { receipts } from '../../src/core/domain/receipts/receipt.ts';
import { retentionRules } from '../../src/core/domain/retention/rules.ts';
import {
  newRetentionSchedule,
  retentionSchedules,
} from '../../src/core/domain/retention/schedule.ts';
import type { AnyDeclaration, New, Row, Stores } from '../../src/core/ports/store.ts';
import { inProcessJobs } from '../../src/jobs/queue/in-process.ts';
import { createWorker } from '../../src/jobs/worker.ts';
import { adapterRetentionRules } from '../../src/process/adapter-retention.ts';
import { metrics } from '../../src/process/metrics.ts';
import { allCollections } from '../../src/process/open-stores.ts';
import { atEnd } from '../fixtures/at-end.ts';
import { openTestStores } from '../fixtures/store.ts';

const rules = [...retentionRules, ...adapterRetentionRules];

it('every collection has one rule', () => {
  const named = rules.map(({ collection }) => collection);
  expect(named.toSorted()).toEqual(allCollections.map(({ name }) => name).toSorted());
});

it('the docs have every rule', () => {
  const page = readFileSync('docs/retention.md', 'utf8');
  for (const { collection, kept } of rules) {
    expect(page).toContain(`| \`${collection}\` |`);
    expect(page).toContain(`| ${kept} |`);
  }
});

const ID = 'riverside';
const NIGHT = new Date('2026-11-19T03:00:00Z');
const daysAgo = (days: number) => new Date(NIGHT.getTime() - days * 86_400_000);
const minutesAgo = (minutes: number) => new Date(NIGHT.getTime() - minutes * 60_000);

/** A row of one age. @param days how old; @param end when it expires, if the row itself says so */
type RowOfAge = (id: string, days: number, end: Date) => New<Row>;

interface Sample {
  declaration: AnyDeclaration;
  /** How old it may get, in days. */
  days: number;
  row: RowOfAge;
}

const sample = <T extends Row>(
  declaration: AnyDeclaration,
  days: number,
  row: (id: string, days: number, end: Date) => New<T>,
): Sample => ({ declaration, days, row: row as RowOfAge });

const closed = (id: string, createdAt: Date) => {
  const name = { kind: 'notice', subject: id, occurrence: id, recipient: id };
  const facts = { reply: null, items: [id], createdAt, nextRunAt: null, awaited: false };
  return { ...preparedDelivery(ID, name, facts), id, state: 'sent' as const };
};

/** A row for each rule that removes rows by their age. */
const samples: readonly Sample[] = [
  sample(receipts, 30, (id, days) => ({
    id,
    partnership: ID,
    command: 'log',
    actor: 'tom',
    at: daysAgo(days),
    answer: { reply: { text: [{ text: id }] }, audience: 'actor' },
    changes: [],
    undoable: true,
  })),
  sample(activities, 365, (id, days) => ({ id, member: id, at: daysAgo(days) })),
  sample(historyWords, 30, (id, days) => ({
    id,
    at: daysAgo(days),
    changes: [{ field: 'name', before: id, after: null }],
  })),
  sample(keptArgs, 0, (id, _, keptUntil) => ({
    id,
    args: { note: id },
    keptUntil,
    fileFrom: null,
  })),
  sample(deliveries, 365, (id, days) => closed(id, daysAgo(days))),
  sample(linkCodes, 0, (id, _, expiresAt) => ({
    id,
    kind: 'members',
    partnership: ID,
    member: id,
    expiresAt,
    usedBy: null,
    done: false,
  })),
  sample(linkAttempts, 0, (id, _, resetsAt) => ({ id, failed: 1, resetsAt })),
  sample(sendThrottles, 0, (id, _, notBefore) => ({ id, notBefore })),
  sample(dataExports, 1, (id, days) => ({
    ...{ id, name: id, member: null, recipient: id },
    createdAt: daysAgo(days),
    ...{ nextRunAt: null, claim: null, sending: null },
  })),
  sample(dataRequests, 365, (id, days) => ({
    ...newDataRequest(
      { id, name: id, member: null, kind: 'see', askedOn: '2026-01-01', notedBy: id },
      { zone: 'Europe/London', now: NIGHT },
    ),
    state: 'done',
    closedAt: daysAgo(days),
  })),
  sample(outgoingFiles, 2, (id, days) => ({
    id,
    state: 'removed',
    recipient: 'maya',
    name: id,
    type: 'text/plain',
    content: null,
    reply: null,
    createdAt: daysAgo(days),
    removeAt: daysAgo(days - 1),
    nextRunAt: null,
    claim: null,
    sending: null,
  })),
  sample(erasures, 7, (id, days) => ({
    ...undecided,
    id,
    name: [],
    nameHash: id,
    member: null,
    isPartnerName: false,
    askedBy: 'maya',
    askedAt: daysAgo(days),
    count: 0,
    places: [],
  })),
  sample(joinRequests, 365, (id, days) => ({
    id,
    identity: { platform: 'test', workspace: 'W', user: id },
    name: id,
    zone: null,
    askedAt: daysAgo(days),
  })),
  sample(handovers, 365, (id, days) => ({
    id,
    from: 'tom',
    by: 'grace',
    startedAt: daysAgo(days),
    recordsLeaving: false,
    items: [],
    undoneAt: null,
  })),
  sample(interests, 365, (id, days) => ({
    id,
    member: 'tom',
    partner: id,
    kind: 'trustee',
    since: '2020-01-01',
    askAt: null,
    endedAt: daysAgo(days),
    nextRunAt: null,
    claim: null,
    sending: null,
  })),
  sample(acquaintances, 365, (id, days) => ({
    id,
    member: 'tom',
    partner: id,
    saidOn: daysAgo(days).toISOString().slice(0, 10),
  })),
  sample(meetings, 365, (id, days) => ({
    id,
    partner: id,
    day: daysAgo(days).toISOString().slice(0, 10),
    time: null,
    note: null,
    by: 'tom',
    state: 'off',
  })),
  sample(usedStates, 0, (id, _, until) => ({ id, until })),
  sample(playgroundMessages, 365, (id, days) => ({
    id,
    room: 'direct',
    from: 'maya',
    visibleTo: null,
    at: daysAgo(days),
    said: id,
    reply: null,
    form: null,
    about: null,
    delivery: null,
    file: null,
    order: days,
  })),
];

const rowsOf = (stores: Stores, declaration: AnyDeclaration) =>
  declaration.scope === 'global'
    ? stores.global(declaration)
    : stores.forPartnership(ID).of(declaration);

it('after a night, nothing stands that is older than its rule allows, and all that is younger', async () => {
  const withRule = rules.flatMap(({ collection, expiry }) => (expiry ? [collection] : []));
  expect(samples.map(({ declaration }) => declaration.name).toSorted()).toEqual(
    withRule.toSorted(),
  );
  const stores = await openTestStores(allCollections);
  const start = daysAgo(0.5);
  const store = stores.forPartnership(ID);
  const partnership = newPartnership({ id: ID, name: 'Riverside', zone: 'Europe/London' }, start);
  await store.of(partnerships).insert(partnership);
  await store.of(retentionSchedules).insert(newRetentionSchedule(partnership, start));
  for (const { declaration, days, row } of samples) {
    const rows = rowsOf(stores, declaration);
    await rows.insert(row(`old-${declaration.name}`, days + 1, minutesAgo(1)));
    await rows.insert(row(`young-${declaration.name}`, days - 1, minutesAgo(-1)));
  }
  // A message that is still to be sent, however old it is.
  const waiting = { ...closed('waiting', daysAgo(800)), state: 'prepared' as const };
  await store.of(deliveries).insert({ ...waiting, nextRunAt: minutesAgo(-600) });

  const counted = metrics();
  let now = start;
  const clock = { now: () => now };
  const jobs = inProcessJobs(clock);
  const log = { info: () => {}, warn: () => {}, error: (fields: object) => errors.push(fields) };
  const errors: object[] = [];
  const worker = createWorker({
    stores,
    clock,
    jobs,
    log,
    adapterRules: adapterRetentionRules,
    onRowsRemoved: counted.recordRemoval,
  });
  now = NIGHT;
  for (let sweeps = 0; sweeps < 5; sweeps++) {
    await worker.sweep.once(0);
    await jobs.idle();
  }
  await worker.stop();
  expect(errors).toEqual([]);

  const left: string[] = [];
  for (const declaration of allCollections) {
    const rows = await collect(rowsOf(stores, declaration).all({ index: 'byId' }));
    expect(JSON.stringify(rows), declaration.name).not.toContain('old-');
    left.push(...rows.map(({ id }) => id));
  }
  for (const { declaration } of samples) expect(left).toContain(`young-${declaration.name}`);
  expect(left).toContain('waiting');

  const page = await metricsPage(counted.routes);
  for (const { declaration } of samples)
    expect(page).toContain(`convenor_retention_removed_total{what="${declaration.name}"} 1`);
});

async function metricsPage(routes: express.Router): Promise<string> {
  const server = express().use(routes).listen(0, '127.0.0.1');
  atEnd(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
}
