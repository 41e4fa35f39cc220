import { describe, expect, it } from 'vitest';
import { nextMention } from '../../../src/core/domain/briefs/next-mention.ts';
import type { Delivery } from '../../../src/core/domain/deliveries/delivery.ts';
import type { Digest } from '../../../src/core/domain/digests/digest.ts';
import { createDirectory } from '../../../src/core/domain/directory/directory.ts';
import type { Followup } from '../../../src/core/domain/followups/followup.ts';
import type { Member } from '../../../src/core/domain/members/member.ts';
import { newPartner } from '../../../src/core/domain/partners/new-partner.ts';
import type { Partner } from '../../../src/core/domain/partners/partner.ts';
import { withQuiet } from '../../../src/core/domain/partners/rules.ts';
import type { Partnership } from '../../../src/core/domain/partnerships/partnership.ts';
import { briefRuleText, briefStatusText } from '../../../src/core/features/why/brief-rules.ts';
import { nextMentionText } from '../../../src/core/features/why/next.ts';
import {
  type Asker,
  digestRuleText,
  outcomeText,
  promiseText,
  quietRuleText,
} from '../../../src/core/features/why/rules.ts';
import { plainText, type RichText } from '../../../src/core/message/rich-text.ts';

// Wednesday 18 November 2026, 10:00 in London.
const NOW = new Date('2026-11-18T10:00:00Z');
const TODAY = '2026-11-18';
const ZONE = 'Europe/London';

const words = (text: RichText) => plainText(text, ZONE, TODAY);

const member = (id: string, facts: Partial<Member> = {}) =>
  ({
    id,
    name: id,
    role: 'worker',
    identities: [{ platform: 'test', workspace: 'W', user: id }],
    active: true,
    zone: null,
    briefAt: 540,
    briefDays: null,
    rhythm: 'daily',
    pausedUntil: null,
    briefDay: '2026-11-19',
    briefDue: new Date('2026-11-19T09:00:00Z'),
    tiedTo: [],
    ...facts,
  }) as unknown as Member;

const partnership = {
  zone: ZONE,
  workingDays: [1, 2, 3, 4, 5],
  every: 'P8W',
  everyRules: [{ kind: null, level: 'local', every: 'P6W' }],
} as unknown as Partnership;

const tom = member('Tom');
const maya = member('Maya', { role: 'member' });

function asks(who: Member, at = NOW): Asker {
  const directory = createDirectory(
    [{ id: 'school', name: 'Oakfield School', aliases: [], archived: false }],
    [tom, maya],
  );
  const today = at.toISOString().slice(0, 10);
  return { member: who, directory, partnership, now: at, zone: ZONE, today };
}

describe('what happened to a message', () => {
  const direct = {
    to: 'user',
    identity: { platform: 'test', workspace: 'W', user: 'tom' },
  } as const;
  const channel = {
    to: 'channel',
    channel: { platform: 'test', workspace: 'W', channel: 'news' },
  } as const;
  it.each<[Partial<Delivery>, string]>([
    [
      { state: 'sent', sentAt: NOW, attempts: 1, address: direct },
      'Sent on Wed 18 Nov 2026, 10:00 as a direct message, at the first try.',
    ],
    [
      { state: 'sent', sentAt: NOW, attempts: 3, address: channel, kind: 'digest' },
      'Sent on Wed 18 Nov 2026, 10:00 in #news, at try 3.',
    ],
    [
      { state: 'sent', sentAt: NOW, attempts: 2, markedAsRepeat: true },
      'Sent on Wed 18 Nov 2026, 10:00 as a direct message, at try 2, marked as a possible repeat.',
    ],
    [{ state: 'prepared', attempts: 0 }, 'Not sent yet.'],
    [{ state: 'prepared', attempts: 1 }, 'after the first try the platform asked me to wait'],
    [
      { state: 'sending', attempts: 2 },
      'It is being sent right now as a direct message, at try 2.',
    ],
    [{ state: 'unknown', attempts: 1 }, "I can't tell whether it arrived"],
    [
      { state: 'unknown', attempts: 1, kind: 'digest' },
      "I won't post it again unless a coordinator asks me to",
    ],
    [
      { state: 'permanent', attempts: 1, reason: 'They have left.' },
      "Not delivered as a direct message, and I've stopped trying: They have left.",
    ],
    [{ state: 'withdrawn' }, 'Not sent: it was changed or closed just before.'],
    [{ state: 'skipped', reason: 'It was late.' }, 'Not sent: It was late.'],
  ])('%o', (facts, expected) => {
    const row = { kind: 'reminder', address: null, repeat: null, reason: null, ...facts };
    expect(words(outcomeText(row as Delivery, asks(tom)))).toContain(expected);
  });
});

describe('what was promised', () => {
  const plan = {
    id: 'plan',
    title: 'garden plan',
    partner: 'school',
    ours: true,
    who: 'Tom',
    asked: null,
    askedBy: null,
    dueDay: '2026-11-20',
    at: null,
    state: 'open',
    createdBy: 'Tom',
    createdAt: new Date('2026-11-17T09:00:00Z'),
    closedAt: null,
    sending: null,
  } as unknown as Followup;
  it.each<[Partial<Followup>, Member, string]>([
    [{}, tom, 'garden plan (Oakfield School): you promised it on Tue 17 Nov, due by Fri 20 Nov.'],
    [{}, maya, 'Tom promised it on Tue 17 Nov'],
    [
      { createdBy: 'Maya' },
      tom,
      'Maya noted it on Tue 17 Nov, due by Fri 20 Nov; it is yours to do.',
    ],
    [
      { ours: false },
      tom,
      'they promised it on Tue 17 Nov, due by Fri 20 Nov; you keep an eye on it.',
    ],
    [{ asked: 'Maya', askedBy: 'Tom' }, tom, 'You asked Maya to do it.'],
    [{ asked: 'Maya', askedBy: 'Tom' }, maya, 'Tom asked you to do it.'],
  ])('%o', (facts, who, expected) => {
    expect(words(promiseText({ ...plan, ...facts }, asks(who)))).toContain(expected);
  });

  it('is hidden from members who belong to the partner, unless it is their own', () => {
    const tied = { ...maya, tiedTo: ['school'] };
    const told = words(promiseText(plan, asks(tied)));
    expect(told).not.toMatch(/garden|Oakfield/);
    expect(words(promiseText({ ...plan, who: 'Maya' }, asks(tied)))).toContain('garden plan');
  });

  it.each<[Partial<Followup>, Member | undefined, string]>([
    [{ state: 'done', closedAt: NOW }, tom, 'Done on Wed 18 Nov, so nothing more comes.'],
    [{ state: 'cancelled', closedAt: NOW }, tom, 'Taken off the list on Wed 18 Nov'],
    [{}, undefined, 'Nobody owns it'],
    [
      { at: new Date('2026-11-20T15:00:00Z') },
      tom,
      'a reminder of its own comes on Fri 20 Nov 2026, 15:00',
    ],
    [{}, tom, "It's in your brief, next on Fri 20 Nov 2026, 09:00."],
    [{}, { ...tom, rhythm: 'off' }, 'your briefs are switched off'],
    [
      {},
      { ...maya, briefDay: '2026-11-23', briefDue: new Date('2026-11-23T09:00:00Z') },
      "It's in Maya's brief, next on Mon 23 Nov 2026, 09:00.",
    ],
    [{}, { ...tom, active: false }, 'Tom has left, so nobody is reminded.'],
    [{}, { ...tom, identities: [] }, 'I have no way to reach Tom, so nobody is reminded.'],
    [{ dueDay: '2026-11-02' }, tom, 'next on Thu 19 Nov'],
  ])('next: %o of %o', (facts, owner, expected) => {
    const row = { ...plan, ...facts };
    const asker = asks(tom);
    const mention = nextMention(row, owner, asker);
    expect(words(nextMentionText(row, { owner, partner: undefined, mention }, asker))).toContain(
      expected,
    );
  });
});

describe('why a partner goes quiet', () => {
  const base = { ...newPartner('school', 'Oakfield School'), version: 1 } as Partner;
  const partner = (facts: Partial<Partner>) => withQuiet({ ...base, ...facts }, partnership);
  it.each<[Partial<Partner>, string[]]>([
    [
      { lead: 'Tom', level: 'local', lastTwoWay: '2026-10-02' },
      [
        'you lead it; contact every 6 weeks, by the rule for local',
        'last two-way contact Fri 2 Oct',
        'It has counted as quiet since Fri 13 Nov.',
      ],
    ],
    [
      { lead: 'Maya', lastTwoWay: '2026-11-02' },
      [
        'Maya leads it; contact every 8 weeks, like all partners without a rule',
        'It goes quiet on Mon 28 Dec',
      ],
    ],
    [
      { every: 'P1Y' },
      [
        'nobody leads it; contact every year, as set for this partner',
        "I can't tell yet when it goes quiet",
      ],
    ],
    [{ stage: 'resting', lastTwoWay: '2026-01-02' }, ['It is resting']],
    [{ archived: true, lastTwoWay: '2026-01-02' }, ['It is archived']],
  ])('%o', (facts, expected) => {
    const told = words(quietRuleText(partner(facts), asks(tom)));
    for (const part of expected) expect(told).toContain(part);
  });

  it('says when it is mentioned again', () => {
    const quiet = { ...partner({ lastTwoWay: '2026-01-02' }), nudgeOn: '2026-11-25' };
    expect(words(quietRuleText(quiet, asks(tom)))).toContain('again from Wed 25 Nov');
  });
});

describe('why a brief came, or didn’t', () => {
  it.each<[Partial<Member>, string]>([
    [{}, 'daily brief, like all workers, comes at 09:00, on working days (Monday to'],
    [{ role: 'coordinator' }, 'daily brief, like all coordinators'],
    [{ role: 'member' }, 'weekly brief, like all members'],
    [{ rhythm: 'weekly' }, 'weekly brief, as it was set'],
    [{ rhythm: 'dated' }, 'only with things that have a date'],
    [{ rhythm: 'off' }, 'briefs are switched off'],
    [
      { rhythm: 'weekly', steppedBackAt: NOW },
      'weekly brief since Wed 18 Nov, after three in a row without any reaction, comes at',
    ],
    [
      { zone: 'Asia/Tokyo', briefDays: [2], briefAt: 450 },
      'at 08:00 (Asia/Tokyo) (07:30 is in quiet hours), on Tuesday',
    ],
  ])('%o has the rule: %s', (facts, expected) => {
    expect(words(briefRuleText({ ...tom, ...facts }, asks(tom)))).toContain(expected);
    expect(words(briefRuleText({ ...tom, ...facts }, asks(maya)))).toContain("Tom's");
  });

  const SATURDAY = new Date('2026-11-21T10:00:00Z');
  const MONDAY = new Date('2026-11-23T09:00:00Z');
  it.each<[Partial<Member>, boolean, Date, string]>([
    [{}, false, NOW, 'None today: there was nothing to say when it was due'],
    [{}, true, NOW, 'The next one can come on Thu 19 Nov 2026, 09:00'],
    [{ briefAt: 720, briefDay: TODAY }, false, NOW, 'The next one can come on'],
    [{ pausedUntil: '2026-12-01' }, false, NOW, 'Paused until Tue 1 Dec.'],
    [{ briefDue: MONDAY }, false, SATURDAY, 'None today: it is the weekend.'],
    [{}, false, SATURDAY, 'One is being sent right now.'],
    [
      { nextRunAt: MONDAY },
      false,
      SATURDAY,
      'Quiet hours or a pause hold it back until Mon 23 Nov 2026, 09:00',
    ],
    [{ briefDays: [1] }, false, NOW, 'None today: it is not one of the days.'],
    [{ rhythm: 'off' }, false, NOW, 'To get briefs again, type me.'],
    [{ active: false }, false, NOW, 'they have left'],
    [{ identities: [] }, false, NOW, 'no way to reach them'],
  ])('%o, came %s, at %s: %s', (facts, came, at, expected) => {
    const told = words(
      briefStatusText(
        { ...tom, ...facts },
        came ? ({ state: 'sent' } as Delivery) : undefined,
        asks(tom, at),
      ),
    );
    expect(told).toContain(expected);
    if (came) expect(told).not.toContain('None');
  });
});

it('says by which rule a digest is posted', () => {
  const digest = {
    channel: { platform: 'test', workspace: 'W', channel: 'news' },
    rhythm: 'monthly',
    weekday: 1,
    monthday: null,
    minute: 540,
    nextAt: new Date('2026-12-07T09:00:00Z'),
    silent: 2,
  } as unknown as Digest;
  const told = words(digestRuleText(digest, asks(tom)));
  expect(told).toContain('monthly digest, each month on the first Monday at 09:00, in');
  expect(told).toContain('in #news');
  expect(told).toContain('The last 2 had nothing to say. The next one is due on Mon 7 Dec 2026');
  expect(words(digestRuleText({ ...digest, nextAt: null }, asks(tom)))).toContain('switched off');
});
