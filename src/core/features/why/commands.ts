import { type Call, type Deps, defineCommand } from '../../command.ts';
import { dayOf } from '../../dates/day.ts';
import { UserError } from '../../errors.ts';
import { refusal } from '../../refusal.ts';
import type { Reply } from '../../reply.ts';
import { rich } from '../../rich-text.ts';
import { may } from '../../rights.ts';
import type { Delivery } from '../deliveries/store.ts';
import { digests } from '../digests/store.ts';
import { isHiddenFrom } from '../followups/rules.ts';
import type { Followup } from '../followups/store.ts';
import { type Member, members } from '../members/store.ts';
import { zoneOf } from '../members/zone.ts';
import { digestsCard, followupCard, messageCard, owedCard, partnerCard } from './cards.ts';
import { findTopic } from './find.ts';
import { nextText } from './next.ts';
import { historyOf, itemsOf, lastAbout, lastOwedTo } from './read.ts';
import { type Asker, briefRule, digestRule } from './rules.ts';

/** Says why something was sent, or why not: for one's own messages, a follow-up, a partner. */
const why = defineCommand({
  name: 'why',
  summary: 'See why a message came, or why none did',
  examples: ['why', 'why garden plan', 'why oakfield school', 'why digest', 'why who:@Tom'],
  args: {
    which: { kind: 'text', max: 200, summary: 'A partner, words of a follow-up, or digest' },
    who: { kind: 'member', summary: 'Whose messages; a coordinator may ask about anybody' },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'see the register',
  async run(call, deps): Promise<Reply> {
    const { args, member, now, zone, today } = call;
    const { directory: names, partnership } = deps;
    const asker: Asker = { member, names, partnership, now, zone, today };
    if (args.which) return aboutTopic(args.which, call, asker, deps);
    const who = args.who?.id ?? member.id;
    if (who !== member.id && !may(member.role, 'coordinate')) return refusal.noRight('coordinate');
    return aboutMember(who, asker, deps);
  },
});

export const whyCommands = [why];

async function aboutMember(id: string, asker: Asker, { store }: Deps): Promise<Reply> {
  // The directory's members know names and roles of the day; when the next brief is, the row knows.
  const owner = await store.of(members).get(id);
  if (!owner) throw new UserError('That member is gone. See who is here with members.');
  const rows = await lastOwedTo(owner.id, store);
  const today = dayOf(asker.now, zoneOf(owner, asker.partnership));
  const came = rows.some(({ kind, occurrence }) => kind === 'brief' && occurrence === today);
  return owedCard(owner, rows, came, asker);
}

async function aboutTopic(which: string, call: Call, asker: Asker, deps: Deps): Promise<Reply> {
  const topic = await findTopic(which, call, deps);
  if (topic.sort === 'digests') return aboutDigests(asker, deps);
  if (topic.sort === 'partner') return partnerCard(topic.row, asker);
  return topic.sort === 'delivery'
    ? aboutMessage(topic.row, asker, deps)
    : aboutFollowup(topic.row, asker, deps);
}

async function aboutMessage(row: Delivery, asker: Asker, { store }: Deps): Promise<Reply> {
  if (!maySee(row, asker.member))
    throw new UserError('That message was not for you. A coordinator can tell why it was sent.');
  if (row.kind === 'digest') {
    const digest = await store.of(digests).get(row.subject);
    return messageCard(row, digest && digestRule(digest, asker), [], asker);
  }
  if (row.kind === 'brief') {
    const owner = await store.of(members).get(row.recipient);
    const items = await itemsOf(row.items, store);
    return messageCard(row, owner && briefRule(owner, asker), items, asker);
  }
  const rule =
    row.kind === 'reminder'
      ? rich`A promise with a clock time is reminded on its own, at that time.`
      : rich`Somebody asked or answered, or needs to know: that goes out at once.`;
  return messageCard(row, rule, await itemsOf([row.subject], store), asker);
}

async function aboutFollowup(row: Followup, asker: Asker, { store }: Deps): Promise<Reply> {
  if (isHiddenFrom(asker.member, row))
    throw new UserError('That is a promise to a partner you are tied to, so I keep it from you.');
  const owner = row.who ? await store.of(members).get(row.who) : undefined;
  const history = (await historyOf(row, store)).filter((delivery) =>
    maySee(delivery, asker.member),
  );
  return followupCard(row, nextText(row, owner, asker), history, asker);
}

async function aboutDigests(asker: Asker, { store }: Deps): Promise<Reply> {
  const rows = await store.of(digests).find({ index: 'byId' });
  const lasts = await Promise.all(rows.map(({ id }) => lastAbout(id, store)));
  return digestsCard(
    rows.map((digest, index) => ({ digest, last: lasts[index]?.[0] })),
    asker,
  );
}

/** One's own, a coordinator everybody's; a digest is for all to read. */
function maySee({ kind, recipient }: Delivery, member: Member): boolean {
  return kind === 'digest' || recipient === member.id || may(member.role, 'coordinate');
}
