import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { dayOf } from '../../dates/day.ts';
import { briefIds } from '../../domain/briefs/delivery-name.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { digests } from '../../domain/digests/digest.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { isHiddenFrom } from '../../domain/followups/rules.ts';
import { type Member, members } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { isSelf } from '../../domain/members/self.ts';
import { zoneOf } from '../../domain/members/zone.ts';
import type { Partner } from '../../domain/partners/partner.ts';
import type { Reply } from '../../message/reply.ts';
import { rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { briefRule } from './brief-rules.ts';
import { digestsCard, followupCard, messageCard, owedCard, partnerCard } from './cards.ts';
import { findTopic } from './find.ts';
import { nextNudgeText, nextText } from './next.ts';
import { historyOf, historyOfQuiet, itemsOf, lastAbout, lastOwedTo } from './read.ts';
import { type Asker, digestRule, maySee, quietRule } from './rules.ts';

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
  const today = dayOf(asker.now, zoneOf(owner, asker.partnership));
  const [rows, briefs] = await Promise.all([
    lastOwedTo(owner.id, store),
    Promise.all(
      briefIds(store.partnership, owner.id, today).map((key) => store.of(deliveries).get(key)),
    ),
  ]);
  const known = briefs.find((brief) => brief !== undefined);
  return owedCard(owner, rows, known, asker);
}

async function aboutTopic(which: string, call: Call, asker: Asker, deps: Deps): Promise<Reply> {
  const topic = await findTopic(which, call, deps);
  if (topic.sort === 'digests') return aboutDigests(asker, deps);
  if (topic.sort === 'partner') return aboutPartner(topic.row, asker, deps);
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
      ? rich`A promise with a clock time is reminded on its own, at that time, quiet hours or not.`
      : rich`Somebody asked or answered, or needs to know: that goes out at once, but for quiet hours, a pause and the weekly cap.`;
  return messageCard(row, rule, await itemsOf([row.subject], store), asker);
}

async function aboutFollowup(row: Followup, asker: Asker, { store }: Deps): Promise<Reply> {
  if (isHiddenFrom(asker.member, row))
    throw new UserError('That is a promise to a partner you are tied to, so I keep it from you.');
  const owner = row.who ? await store.of(members).get(row.who) : undefined;
  const history = (await historyOf(row, store)).filter(
    (delivery) => maySee(delivery, asker.member) || isOwnRequest(delivery, row, asker.member),
  );
  return followupCard(row, nextText(row, owner, asker), history, asker);
}

/** Who asked somebody else hears what became of the request, as long as it stands. */
function isOwnRequest({ awaited, recipient }: Delivery, row: Followup, member: Member): boolean {
  return awaited === true && isSelf(member, row.askedBy) && row.asked === recipient;
}

async function aboutPartner(row: Partner, asker: Asker, { store }: Deps): Promise<Reply> {
  const coordinators = asker.names.members.filter(
    ({ active, role }) => active && role === 'coordinator',
  );
  const ids = row.lead === null ? coordinators.map(({ id }) => id) : [row.lead];
  const readers = await store.of(members).find({ index: 'byId', where: { id: ids } });
  const history = await historyOfQuiet(row, ids, store);
  return partnerCard(
    quietRule(row, asker, nextNudgeText(row, readers, asker)),
    row,
    history.filter((delivery) => maySee(delivery, asker.member)),
    asker,
  );
}

async function aboutDigests(asker: Asker, { store }: Deps): Promise<Reply> {
  const rows = await store.of(digests).find({ index: 'byId' });
  const lasts = await Promise.all(rows.map(({ id }) => lastAbout(id, store)));
  return digestsCard(
    rows.map((digest, index) => ({ digest, last: lasts[index]?.[0] })),
    asker,
  );
}
