import { describe, expect, it } from 'vitest';
import { nextMention, nextNudge } from '../../../src/core/domain/briefs/next-mention.ts';
import { scheduleBrief } from '../../../src/core/domain/briefs/schedule.ts';
import { createDirectory } from '../../../src/core/domain/directory/directory.ts';
import type { Followup } from '../../../src/core/domain/followups/followup.ts';
import { newFollowup } from '../../../src/core/domain/followups/rules.ts';
import { type Member, newMember } from '../../../src/core/domain/members/member.ts';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import type { Partner } from '../../../src/core/domain/partners/partner.ts';
import {
  newPartnership,
  type Partnership,
} from '../../../src/core/domain/partnerships/partnership.ts';

// Wednesday 18 November 2026, 10:00 in London: the brief of 09:00 has been.
const NOW = new Date('2026-11-18T10:00:00Z');
const ZONE = 'Europe/London';
const partnership = {
  ...newPartnership({ id: 'p', name: 'Riverside', zone: ZONE }, NOW),
  version: 1,
} as Partnership;

const memberWith = (id: string, facts: Partial<Member> = {}): Member => {
  const identities = [{ platform: 'test', workspace: 'W', user: id }];
  const row = { ...newMember({ id, name: id, role: 'worker', identities }), version: 1, ...facts };
  return scheduleBrief(row, partnership, NOW);
};
const grace = memberWith('grace', { role: 'coordinator' });

function followupDue(dueDay: string, facts: Partial<Followup> = {}): Followup {
  const promise = {
    ...{ id: 'plan', title: 'Send the plan', partner: null, contact: null, ours: true },
    ...{ who: 'tom', asked: null, askedBy: null, createdBy: 'tom', createdAt: NOW },
  };
  return { ...newFollowup(promise, { day: dueDay }), version: 1, ...facts };
}

function mentionOf(row: Followup, facts: Partial<Member> = {}, changed: Partial<Partnership> = {}) {
  const all = { ...partnership, ...changed };
  const owner = scheduleBrief(memberWith('tom', facts), all, NOW);
  const directory = createDirectory([], [owner, grace]);
  return nextMention(row, owner, { partnership: all, directory, now: NOW });
}

const at = (iso: string) => new Date(iso);

describe('the brief that mentions a follow-up', () => {
  it.each<[string, Partial<Member>, string, boolean]>([
    ['2026-11-20', {}, '2026-11-20T09:00:00Z', true],
    // On a Friday, also what is due before Monday.
    ['2026-11-22', {}, '2026-11-20T09:00:00Z', true],
    // Late, or due today: the next brief is tomorrow's.
    ['2026-11-01', {}, '2026-11-19T09:00:00Z', false],
    ['2026-11-18', {}, '2026-11-19T09:00:00Z', false],
    // Christmas Day and Boxing Day, a Saturday whose substitute is the Monday.
    ['2026-12-25', {}, '2026-12-24T09:00:00Z', true],
    ['2026-12-28', {}, '2026-12-24T09:00:00Z', true],
    // The brief of today is still to come.
    ['2026-11-18', { briefAt: 17 * 60 }, '2026-11-18T17:00:00Z', true],
    // At the end of quiet hours, in the zone of its reader.
    ['2026-11-20', { briefAt: 6 * 60 }, '2026-11-20T08:00:00Z', true],
    ['2026-11-20', { zone: 'Asia/Tokyo' }, '2026-11-20T00:00:00Z', true],
    // After a pause.
    ['2026-11-20', { pausedUntil: '2026-12-05' }, '2026-12-07T09:00:00Z', false],
    // On the days that were chosen.
    ['2026-11-20', { briefDays: [1] }, '2026-11-23T09:00:00Z', false],
    // Only things with a date: on the day, and when a warning comes.
    ['2026-12-02', { rhythm: 'dated' }, '2026-12-02T09:00:00Z', true],
    ['2026-11-01', { rhythm: 'dated' }, '2026-11-19T09:00:00Z', false],
    ['2026-11-17', { rhythm: 'dated' }, '2026-11-24T09:00:00Z', false],
  ])('due %s, with %o: it comes at %s, in time: %s', (dueDay, facts, expected, inTime) => {
    expect(mentionOf(followupDue(dueDay), facts)).toMatchObject({
      kind: 'brief',
      brief: { at: at(expected) },
      inTime,
    });
  });

  it('a weekly one mentions it on the first day of the week, and again on the day', () => {
    expect(mentionOf(followupDue('2026-12-02'), { rhythm: 'weekly' })).toMatchObject({
      brief: { at: at('2026-11-30T09:00:00Z') },
      again: { at: at('2026-12-02T09:00:00Z') },
      inTime: true,
    });
  });

  it('holidays of the partnership are like bank holidays', () => {
    const holidays = [{ from: '2026-11-19', to: '2026-11-24' }];
    expect(mentionOf(followupDue('2026-11-20'), {}, { holidays })).toMatchObject({
      brief: { at: at('2026-11-25T09:00:00Z') },
      inTime: false,
    });
  });

  it('a brief that is being sent does not get it', () => {
    const facts = { briefAt: 10 * 60 };
    const owner = { ...memberWith('tom', facts), briefDay: '2026-11-18', briefDue: NOW };
    const context = { partnership, directory: createDirectory([], [owner, grace]), now: NOW };
    const row = followupDue('2026-11-18');
    expect(nextMention(row, owner, context)).toMatchObject({ brief: { at: NOW }, inTime: true });
    expect(nextMention(row, { ...owner, sending: 'x' }, context)).toMatchObject({
      brief: { at: at('2026-11-19T10:00:00Z') },
    });
  });
});

describe('other messages, or none', () => {
  const timed = followupDue('2026-11-20', { at: at('2026-11-20T22:00:00Z') });
  it.each<[string, Followup, Partial<Member>, object]>([
    ['a clock time', timed, {}, { kind: 'reminder', at: timed.at }],
    ['one in a pause', timed, { pausedUntil: '2026-12-05' }, { kind: 'reminder', at: timed.at }],
    ['one without briefs', timed, { rhythm: 'off' }, { kind: 'reminder', at: timed.at }],
    ['its time', { ...timed, at: NOW, sending: 'x' }, {}, { kind: 'sending' }],
    ['a closed one', { ...timed, state: 'done' }, {}, { reason: 'closed' }],
    ['no briefs', followupDue('2026-11-20'), { rhythm: 'off' }, { reason: 'briefs are off' }],
    ['no days', followupDue('2026-11-20'), { briefDays: [] }, { reason: 'no brief' }],
    ['somebody who left', timed, { active: false }, { reason: 'owner has left' }],
    ['nowhere to write', timed, { identities: [] }, { reason: 'owner cannot be reached' }],
    [
      'a private one',
      { ...timed, createdBy: 'grace', readers: ['grace'] },
      {},
      { reason: 'private' },
    ],
  ])('%s', (_, row, facts, expected) => {
    expect(mentionOf(row, facts)).toMatchObject(expected);
  });

  it('nobody owns it', () => {
    const context = { partnership, directory: createDirectory([], [grace]), now: NOW };
    expect(nextMention(followupDue('2026-11-20'), undefined, context)).toEqual({
      kind: 'none',
      reason: 'no owner',
    });
  });
});

describe('the brief that says that a partner is quiet', () => {
  const quiet = (facts: Partial<Partner>) =>
    ({ ...newPartner('school', 'School'), version: 1, ...facts }) as Partner;
  it.each<[string, Partial<Partner>, Partial<Member>, string | undefined]>([
    ['the next brief', { quietOn: '2026-11-01' }, {}, '2026-11-19T09:00:00Z'],
    ['the first after its day', { quietOn: '2026-12-25' }, {}, '2026-12-29T09:00:00Z'],
    ['the weekly one', { quietOn: '2026-11-01' }, { rhythm: 'weekly' }, '2026-11-23T09:00:00Z'],
    ['none with dated things only', { quietOn: '2026-11-01' }, { rhythm: 'dated' }, undefined],
    ['none if it is archived', { quietOn: '2026-11-01', archived: true }, {}, undefined],
    ['none if nobody expects contact', { quietOn: null }, {}, undefined],
  ])('%s', (_, facts, reader, expected) => {
    const partner = quiet({ lead: 'tom', ...facts, nudgeOn: facts.quietOn ?? null });
    const context = { partnership, directory: createDirectory([], [grace]), now: NOW };
    expect(nextNudge(partner, [memberWith('tom', reader)], context)?.brief.at).toEqual(
      expected && at(expected),
    );
  });
});
