import { scheduleBrief } from '../../core/domain/briefs/schedule.ts';
import { members, newMember } from '../../core/domain/members/member.ts';
import type { Role } from '../../core/domain/members/rights.ts';
import {
  newPartnership,
  type Partnership,
  partnerships,
} from '../../core/domain/partnerships/partnership.ts';
import { newRetentionSchedule, retentionSchedules } from '../../core/domain/retention/schedule.ts';
import type { Bot } from '../../core/ports/platform.ts';
import { insertOnce, type New, type Stores } from '../../core/ports/store.ts';
import { withMentions } from './mentions.ts';
import { DIRECT, identityOf, invocationPlace, roomOf } from './places.ts';
import { type PretendMember, profileOf } from './users.ts';

type SampleMember = PretendMember & { role: Role };

/** A made-up partnership for trying things out, with real organisations around it. */
export const samplePartnership: {
  id: string;
  name: string;
  zone: string;
  members: readonly SampleMember[];
} = {
  id: 'sample',
  name: 'Seaside Neighbours (sample)',
  zone: 'Europe/London',
  members: [
    { id: 'maya', name: 'Maya', role: 'member', user: 'maya' },
    { id: 'tom', name: 'Tom', role: 'worker', user: 'tom' },
    { id: 'grace', name: 'Grace', role: 'coordinator', user: 'grace' },
  ],
};

/** What the members type: first the partners, then contacts, oldest first. No outside person is named. */
const sampleLines: readonly (readonly [who: string, line: string])[] = [
  [
    'grace',
    'partner add Withernsea Town Council level:local sector:"local government" kinds:"information sharing, co-producing" lead:@Grace every:"4 weeks"',
  ],
  [
    'grace',
    'partner add Withernsea High School level:local sector:education kinds:"co-producing" lead:@Tom every:"6 weeks"',
  ],
  [
    'grace',
    'partner add The Shores Centre level:hyperlocal sector:community kinds:"co-producing, information sharing" lead:@Maya every:"3 weeks"',
  ],
  [
    'grace',
    'partner add East Riding of Yorkshire Council level:regional sector:"local government" kinds:"commissioning, information sharing" lead:@Grace every:"8 weeks"',
  ],
  [
    'grace',
    'partner add Humberside Fire and Rescue Service level:regional sector:"emergency services" kinds:"information sharing" lead:@Tom every:"3 months"',
  ],
  [
    'grace',
    'partner add The National Lottery Community Fund level:national sector:funder kinds:"grant funding" lead:@Grace every:"3 months"',
  ],
  [
    'grace',
    'partner add Groundwork UK level:national sector:environment kinds:"grant funding, contracting" lead:@Tom every:"8 weeks"',
  ],
  [
    'grace',
    'partner add Withernsea & Patrington Medical Group level:local sector:health kinds:"information sharing" lead:@Maya every:"6 weeks"',
  ],
  [
    'tom',
    'log Withernsea High School talked about pupils helping at the summer fair how:meeting when:"9 weeks ago"',
  ],
  [
    'grace',
    'log The National Lottery Community Fund asked how the grant report should look how:call when:"7 weeks ago"',
  ],
  [
    'tom',
    'log Humberside Fire and Rescue Service picked up leaflets on home safety visits how:visit when:"6 weeks ago"',
  ],
  [
    'tom',
    'log Groundwork UK went through ideas for the community garden how:call when:"5 weeks ago" next:"send the garden plan" by:"in 3 days" who:@Tom',
  ],
  [
    'grace',
    'log East Riding of Yorkshire Council the plan for the seafront paths how:email when:"4 weeks ago"',
  ],
  [
    'maya',
    'log Withernsea & Patrington Medical Group asked about a stall on keeping well how:visit when:"3 weeks ago"',
  ],
  [
    'maya',
    'log The Shores Centre talked about the room for the summer fair how:meeting when:"2 weeks ago" next:"confirm the room for the fair" by:tomorrow who:@Maya',
  ],
  [
    'grace',
    'log Withernsea Town Council talked about dates for the summer fair how:meeting when:"1 week ago" next:"send the dates to everyone" by:"in 1 week" who:@Grace',
  ],
  ['grace', 'digest schedule channel:#partners day:monday at:09:00'],
];

/** Writes the sample partnership and its members. Rows that exist already are left alone. */
export async function seedRows(stores: Stores, now: Date): Promise<void> {
  const store = stores.forPartnership(samplePartnership.id);
  const partnership = await insertOnce(store.of(partnerships), partnershipRow(now));
  await insertOnce(store.of(retentionSchedules), newRetentionSchedule(partnership, now));
  for (const { id, name, role, user } of samplePartnership.members) {
    const row = newMember({ id, name, role, identities: [identityOf(user)] });
    const member = scheduleBrief({ ...row, version: 1 }, partnership, now);
    await insertOnce(store.of(members), member);
  }
}

/** Has the members type the sample's lines. The bot handles them like any other line. */
export async function seedContacts(bot: Bot): Promise<void> {
  for (const [index, [user, line]] of sampleLines.entries()) {
    await bot.handle({
      ...bot.parseLine(withMentions(line, samplePartnership.members)),
      actor: identityOf(user),
      profiles: { [user]: profileOf({ name: nameOf(user) }) },
      place: invocationPlace(roomOf(DIRECT, user)),
      partnership: samplePartnership.id,
      key: `sample-${index}`,
    });
  }
}

const nameOf = (user: string) =>
  samplePartnership.members.find((member) => member.user === user)?.name ?? user;

function partnershipRow(now: Date): New<Partnership> {
  const { id, name, zone } = samplePartnership;
  return { ...newPartnership({ id, name, zone }, now), setUpAt: now, setUpOffer: null };
}
