import { collect } from '../../async/collect.ts';
import { idFromReference } from '../../base/id.ts';
import { quoteShort } from '../../base/text.ts';
import { hiddenText } from '../../cards/hidden-text.ts';
import { possibleReaders } from '../../cards/nudge-text.ts';
import { type Call, type Deps, defineCommand } from '../../command/command.ts';
import { refusal } from '../../command/refusal.ts';
import { dayOf } from '../../dates/day.ts';
import { briefIds } from '../../domain/briefs/delivery-name.ts';
import { findNextMention } from '../../domain/briefs/next-mention.ts';
import { type Delivery, deliveries } from '../../domain/deliveries/delivery.ts';
import { digests } from '../../domain/digests/digest.ts';
import { type Followup, followups } from '../../domain/followups/followup.ts';
import { isSameMember, type Member, members, zoneOf } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import { isFollowupHiddenFrom, isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { type Partner, partners } from '../../domain/partners/partner.ts';
import type { Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { questionWith, UserError } from '../../message/user-error.ts';
import { likelyItem, matchWhole } from '../../names/match.ts';
import { findOpenFollowups, resolveFollowup } from '../../parsing/resolve-followup.ts';
import { briefRuleText } from './brief-rules.ts';
import {
  digestsCard,
  followupCard,
  memberMessagesCard,
  messageCard,
  partnerCard,
} from './cards.ts';
import { nextMentionText, nextNudgeText } from './next.ts';
import { historyOf, historyOfQuiet, itemsOf, lastMessagesAbout, lastMessagesTo } from './read.ts';
import { type Asker, digestRuleText, maySee, quietRuleText } from './rules.ts';

/** Says why something was sent or not: one's own messages, a follow-up, a partner or a digest. */
const why = defineCommand({
  name: 'why',
  summary: "See why a message came, or didn't",
  phrases: [
    { says: 'why did i get …', ignoresRest: true },
    { says: 'why did you …', ignoresRest: true },
    { says: 'why am i …', ignoresRest: true },
    { says: 'why are you …', ignoresRest: true },
    { says: 'why do i get …', ignoresRest: true },
    { says: 'why do you …', ignoresRest: true },
    'why did you send me that',
    'why did you send me this',
    'why did i get this',
    'why did i get that',
    'why are you messaging me',
    'why are you telling me this',
    'why am i getting this',
  ],
  examples: ['why', 'why garden plan', 'why oakfield school', 'why digest', 'why who:@Tom'],
  args: {
    which: { kind: 'text', max: 200, summary: 'A partner, words of a follow-up, or digest' },
    who: {
      kind: 'member',
      past: true,
      summary: 'Whose messages. Coordinators can ask about anybody',
    },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'see the register',
  async run(call, deps): Promise<Reply> {
    const { args, member, now, zone, today } = call;
    const { directory, partnership } = deps;
    const asker: Asker = { member, directory, partnership, now, zone, today };
    if (args.which) return aboutTopic(args.which, call, asker, deps);
    const who = args.who?.id ?? member.id;
    if (who !== member.id && !may(member.role, 'coordinate')) return refusal.noRight('coordinate');
    return aboutMember(who, asker, deps);
  },
});

async function aboutMember(id: string, asker: Asker, { store }: Deps): Promise<Reply> {
  // From the store, since the directory can hold an older row with another next brief.
  const owner = await store.of(members).get(id);
  if (!owner)
    throw new UserError(
      rich`I no longer have that member. See who is here with ${commandText('members')}.`,
    );
  const today = dayOf(asker.now, zoneOf(owner, asker.partnership));
  const [rows, briefs] = await Promise.all([
    lastMessagesTo(owner.id, store),
    Promise.all(
      briefIds(store.partnership, owner.id, today).map((key) => store.of(deliveries).get(key)),
    ),
  ]);
  const known = briefs.find((brief) => brief !== undefined);
  return memberMessagesCard(owner, rows, known, asker);
}

async function aboutTopic(which: string, call: Call, asker: Asker, deps: Deps): Promise<Reply> {
  const topic = await findTopic(which, call, deps);
  if (topic.kind === 'digests') return aboutDigests(asker, deps);
  if (topic.kind === 'partner') return aboutPartner(topic.row, asker, deps);
  return topic.kind === 'delivery'
    ? aboutMessage(topic.row, asker, deps)
    : aboutFollowup(topic.row, asker, deps);
}

async function aboutMessage(row: Delivery, asker: Asker, { store }: Deps): Promise<Reply> {
  if (!maySee(row, asker.member))
    throw new UserError('That message was not for you. A coordinator can see why it was sent.');
  if (row.kind === 'digest') {
    const digest = await store.of(digests).get(row.subject);
    return messageCard(row, digest && digestRuleText(digest, asker), [], asker);
  }
  if (row.kind === 'brief') {
    const owner = await store.of(members).get(row.recipient);
    const items = await itemsOf(row.items, store);
    return messageCard(row, owner && briefRuleText(owner, asker), items, asker);
  }
  const rule =
    row.kind === 'reminder'
      ? rich`A follow-up with a clock time gets its own reminder at that time, even in quiet hours.`
      : row.kind === 'file'
        ? rich`Somebody asked for the file. It is sent at once, and deleted a day later.`
        : rich`It was a question, an answer or news. Such messages are sent at once, unless quiet hours, a pause or the weekly limit hold them back.`;
  return messageCard(row, rule, await itemsOf([row.subject], store), asker);
}

async function aboutFollowup(row: Followup, asker: Asker, { store }: Deps): Promise<Reply> {
  const viewer = viewerOf(asker.member, asker.directory);
  if (isFollowupHiddenFrom(viewer, row)) {
    const tied = rich`That is a promise to a partner you're part of, so it is hidden from you.`;
    throw new UserError(
      isTiedTo(viewer, row.partner)
        ? hiddenText(viewer, tied)
        : rich`That is private, so it is hidden from you.`,
    );
  }
  const found = await findNextMention(row, { ...asker, store });
  const history = (await historyOf(row, store)).filter(
    (delivery) => maySee(delivery, asker.member) || isOwnRequest(delivery, row, asker.member),
  );
  return followupCard(row, nextMentionText(row, found, asker), history, asker);
}

/** The asker may see what happened to a request while it is open. */
function isOwnRequest({ awaited, recipient }: Delivery, row: Followup, member: Member): boolean {
  return awaited === true && isSameMember(member, row.askedBy) && row.asked === recipient;
}

async function aboutPartner(row: Partner, asker: Asker, { store }: Deps): Promise<Reply> {
  const readers = await possibleReaders(row, { store, directory: asker.directory });
  const ids = readers.map(({ id }) => id);
  const history = await historyOfQuiet(row, ids, store);
  return partnerCard(
    quietRuleText(row, asker, nextNudgeText(row, readers, asker)),
    row,
    history.filter((delivery) => maySee(delivery, asker.member)),
    asker,
  );
}

async function aboutDigests(asker: Asker, { store }: Deps): Promise<Reply> {
  const rows = await collect(store.of(digests).all({ index: 'byId' }));
  const lasts = await Promise.all(rows.map(({ id }) => lastMessagesAbout(id, store)));
  return digestsCard(
    rows.map((digest, index) => ({ digest, last: lasts[index]?.[0] })),
    asker,
  );
}

/** What the question is about. */
type Topic =
  | { kind: 'digests' }
  | { kind: 'delivery'; row: Delivery }
  | { kind: 'followup'; row: Followup }
  | { kind: 'partner'; row: Partner };

/**
 * Finds what the question is about: a button's `#id`, `digest`, a partner's name, or words of an open follow-up.
 * @throws Question if several match. @throws UserError if nothing does.
 */
async function findTopic(
  which: string,
  { member, raw }: Pick<Call, 'member' | 'raw'>,
  deps: Deps,
): Promise<Topic> {
  if (idFromReference(which)) return byId(idFromReference(which), deps);
  if (/^(the )?((weekly|monthly) )?digests?$/i.test(which)) return { kind: 'digests' };
  const match = matchWhole(which, deps.directory.activePartners);
  if (match.kind === 'one') return partnerBy(match.item.id, deps);
  const likely = likelyItem(match);
  if (likely) return partnerBy(likely.id, deps);
  if ((await findOpenFollowups(which, member, deps)).length > 0)
    return { kind: 'followup', row: await resolveFollowup(which, 'why', { member, raw }, deps) };
  if (match.kind === 'none')
    throw new UserError(
      rich`I can't find a partner or an open follow-up like "${quoteShort(which)}". Type ${commandText('why')} on its own to see my last messages to you.`,
      'which',
    );
  const offered = match.items.slice(0, 5).map(({ id, name }) => ({
    label: name.slice(0, 70),
    command: 'why',
    args: { which: `#${id}` },
  }));
  throw questionWith(
    rich`Which one did you mean? Several match ${bold(quoteShort(which))}.`,
    offered,
  );
}

async function byId(id: string, deps: Deps): Promise<Topic> {
  const delivery = await deps.store.of(deliveries).get(id);
  if (delivery) return { kind: 'delivery', row: delivery };
  const followup = await deps.store.of(followups).get(id);
  return followup ? { kind: 'followup', row: followup } : partnerBy(id, deps);
}

async function partnerBy(id: string, { store }: Deps): Promise<Topic> {
  const row = await store.of(partners).get(id);
  if (row) return { kind: 'partner', row };
  throw new UserError(
    rich`I no longer have what that was about. Type ${commandText('why')} on its own to see my last messages to you.`,
  );
}

export const whyCommands = [why];
