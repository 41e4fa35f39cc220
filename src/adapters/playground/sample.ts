import { scheduleBrief } from '../../core/domain/briefs/schedule.ts';
import { members } from '../../core/domain/members/member.ts';
import { newMember } from '../../core/domain/members/new-member.ts';
import type { Role } from '../../core/domain/members/rights.ts';
import { newPartnership } from '../../core/domain/partnerships/new-partnership.ts';
import { type Partnership, partnerships } from '../../core/domain/partnerships/partnership.ts';
import type { Bot } from '../../core/ports/platform.ts';
import { insertOnce, type New, type Stores } from '../../core/ports/store.ts';
import { withMentions } from './mentions.ts';
import { DIRECT, identityOf, roomOf, spokenIn } from './places.ts';
import { sampleLines } from './sample-lines.ts';
import type { PretendMember } from './users.ts';

type Cast = PretendMember & { role: Role };

/** The partnership one tries things out with: made up, with real organisations around it. */
export const samplePartnership: {
  id: string;
  name: string;
  zone: string;
  members: readonly Cast[];
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

/** Writes the sample partnership and its members; those that stand already are left alone. */
export async function seedRows(stores: Stores, now: Date): Promise<void> {
  const store = stores.forPartnership(samplePartnership.id);
  const partnership = await insertOnce(store.of(partnerships), partnershipRow(now));
  for (const { id, name, role, user } of samplePartnership.members) {
    const row = newMember({ id, name, role, identities: [identityOf(user)] });
    const member = scheduleBrief({ ...row, version: 1 }, partnership, now);
    await insertOnce(store.of(members), member);
  }
}

/** Has the members type what the sample begins with, by the way that everything typed takes. */
export async function seedContacts(bot: Bot): Promise<void> {
  for (const [index, [user, line]] of sampleLines.entries()) {
    await bot.handle({
      ...bot.read(withMentions(line, samplePartnership.members)),
      actor: identityOf(user),
      place: spokenIn(roomOf(DIRECT, user)),
      partnership: samplePartnership.id,
      key: `sample-${index}`,
    });
  }
}

function partnershipRow(now: Date): New<Partnership> {
  const { id, name, zone } = samplePartnership;
  return { ...newPartnership({ id, name, zone }, now), setUpAt: now, setUpOffer: null };
}
