import { collect } from '../../async/collect.ts';
import { derivedId } from '../../base/id.ts';
import { partner } from '../../cards/partner-args.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { type Deps, defineCommand } from '../../command/command.ts';
import { type Acquaintance, acquaintances } from '../../domain/acquaintances/acquaintance.ts';
import { readKnowers } from '../../domain/acquaintances/knowers.ts';
import { enqueueNotice, enqueueNotices } from '../../domain/deliveries/enqueue-notice.ts';
import { idsOf, type Member } from '../../domain/members/member.ts';
import { isTiedTo, viewerOf } from '../../domain/members/visibility.ts';
import { partners } from '../../domain/partners/partner.ts';
import { REPLACE } from '../../message/invocation.ts';
import { type Block, type Button, cancelButton, type Reply } from '../../message/reply.ts';
import { bold, commandText, member as mention, rich } from '../../message/rich-text.ts';
import { UserError } from '../../message/user-error.ts';
import { insertOnce, updateWithRetry } from '../../ports/store.ts';

/** How many partners one page has to pick from. */
const PAGE_SIZE = 8;

const page = {
  kind: 'number',
  min: 1,
  max: 10_000,
  summary: 'Which page',
  fromButton: true,
} as const;

/** Says that one knows a partner. Without one, it shows partners to pick from. Nobody becomes a lead by it. */
export const knows = defineCommand({
  name: 'me knows',
  summary: 'Say which partners you know, or pick them from a list',
  phrases: ['who do i know', { says: 'i know …', needsPartner: true }],
  examples: ['me knows', 'me knows oakfield school', 'me knows oakfield school off'],
  args: {
    with: { kind: 'partner', summary: 'A partner you know' },
    off: { kind: 'flag', summary: 'You no longer know them' },
    page,
  },
  words: ['with'],
  audience: 'actor',
  guard: 'note things',
  writes: true,
  async run({ args, raw, member, today, receipt }, deps): Promise<Reply> {
    const { store, directory } = deps;
    const { with: known } = args;
    const at = args.page ?? 1;
    if (!known) return pickList(at, member, today, deps);
    const rows = store.of(acquaintances);
    const name = bold(known.name);
    if (args.off) {
      const own = await saidBy(member, deps);
      const meant = own.filter((row) => directory.partner(row.partner)?.id === known.id);
      for (const { id } of meant) await rows.remove(id);
      if (meant.length === 0) throw new UserError(rich`You haven't said that you know ${name}.`);
      return replyWithUndo(rich`Noted: you no longer know ${name}.`, receipt);
    }
    if (isTiedTo(viewerOf(member, directory), known.id))
      throw new UserError(rich`You're part of ${name}, so there's no need to say that.`);
    const id = derivedId('acquaintance', store.partnership, member.id, known.id);
    await insertOnce(rows, { id, member: member.id, partner: known.id, saidOn: today });
    await updateWithRetry(rows, id, (row) =>
      row.saidOn === today ? undefined : { ...row, saidOn: today },
    );
    const answer = (label: string, yes: string): Button => ({
      label,
      command: 'me keeps',
      args: { with: `#${known.id}`, yes, [REPLACE]: 'yes', ...(raw.page && { page: raw.page }) },
    });
    return replyWithUndo(
      rich`Noted: you know ${name}. Would you keep in touch with them?`,
      receipt,
      [answer('Yes', 'yes'), answer('I only know them', 'no')],
    );
  },
});

/** What a member has said, also before they were merged. */
function saidBy(member: Member, { store }: Pick<Deps, 'store'>): Promise<Acquaintance[]> {
  const where = { member: idsOf(member) };
  return collect(store.of(acquaintances).all({ index: 'byMember', where }));
}

/** A page of partners to pick from, without those that the member knows or belongs to. */
async function pickList(at: number, member: Member, today: string, deps: Deps): Promise<Reply> {
  const { directory } = deps;
  const viewer = viewerOf(member, directory);
  const said = await saidBy(member, deps);
  const known = new Set(said.map((row) => directory.partner(row.partner)?.id));
  const all = directory.activePartners
    .filter(({ id }) => !isTiedTo(viewer, id))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  // The pages stay the same while somebody picks.
  const shown: (typeof all)[number][] = [];
  for (const one of all.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE)) {
    const spoke = known.has(one.id) ? undefined : await readKnowers(one.id, today, deps);
    if (spoke?.known.every((knower) => knower.member.id !== member.id)) shown.push(one);
  }
  const hasMore = all.length > at * PAGE_SIZE;
  const turn: Button = {
    label: 'More',
    command: 'me knows',
    args: { page: `${at + 1}`, [REPLACE]: 'yes' },
  };
  const note = rich`Only coordinators see whom you know. To show it to everybody, type ${commandText('me', 'known:everybody')}.`;
  const buttons = [...(hasMore ? [turn] : []), { ...cancelButton, label: "That's all" }];
  if (shown.length === 0 && !hasMore)
    return {
      text: rich`That's everybody I have. Thank you.`,
      card: [{ kind: 'note', text: note }],
    };
  return {
    text: rich`Which of these do you know?`,
    card: [
      ...shown.map(
        ({ id, name }): Block => ({
          kind: 'row',
          text: rich`${bold(name)}`,
          buttons: [
            {
              label: 'I know them',
              command: 'me knows',
              args: { with: `#${id}`, page: `${at}`, [REPLACE]: 'yes' },
            },
          ],
        }),
      ),
      { kind: 'note', text: note },
      { kind: 'buttons', buttons },
    ],
  };
}

/** Answers whether somebody who knows a partner would keep in touch with it, and goes on with the list. */
export const keeps = defineCommand({
  name: 'me keeps',
  title: 'Keeping in touch',
  summary: 'Say whether you would keep in touch with a partner you know',
  examples: [],
  args: {
    with: partner,
    yes: { kind: 'choice', choices: ['yes', 'no'], summary: 'Whether you would' },
    page,
  },
  words: ['with'],
  audience: 'actor',
  guard: 'keep partners',
  writes: true,
  async run({ args, member, today, receipt, now }, deps): Promise<Reply> {
    const { store, directory } = deps;
    const name = bold(args.with.name);
    const goesOn = args.page !== undefined;
    const next = goesOn ? await pickList(args.page ?? 1, member, today, deps) : undefined;
    if (args.yes !== 'yes')
      return next ?? { text: rich`Thank you. I've only noted that you know ${name}.` };
    const row = await store.of(partners).get(args.with.id);
    if (!row) throw new UserError(rich`I no longer have that partner. Nothing has changed.`);
    const lead = directory.member(row.lead ?? '');
    if (lead?.active && lead.id !== member.id) {
      const reply: Reply = {
        text: rich`${mention(member)} knows ${name}, which you lead, and would keep in touch with them too.`,
      };
      const notice = { subject: row.id, occurrence: deps.id('keeps'), recipient: lead.id, reply };
      if (!isTiedTo(viewerOf(lead, directory), row.id))
        await enqueueNotice({ ...notice, at: now }, deps);
    } else
      await updateWithRetry(store.of(partners), row.id, (one) => ({
        ...one,
        lead: member.id,
        leadAsked: null,
        leadAskedBy: null,
      }));
    const told =
      lead?.active && lead.id !== member.id
        ? rich`Thank you. Somebody leads ${name} already, and hears that you would help.`
        : rich`Thank you. You keep in touch with ${name} from now on.`;
    const reply = replyWithUndo(told, receipt);
    return next
      ? { text: rich`${told} ${next.text}`, card: [...(next.card ?? []), ...(reply.card ?? [])] }
      : reply;
  },
});

/** Asks every member once which partners they know, when the list of a partnership is new. */
export const askWhoKnows = defineCommand({
  name: 'knows ask',
  summary: 'Ask everybody which partners they know',
  examples: [],
  args: {},
  audience: 'actor',
  guard: 'coordinate',
  writes: true,
  async run({ receipt, now }, deps): Promise<Reply> {
    const everybody = deps.directory.activeMembers.map((one) => one.member);
    const buttons: Button[] = [
      { label: 'Pick them', command: 'me knows', args: { [REPLACE]: 'yes' }, style: 'primary' },
      { ...cancelButton, label: 'Not now' },
    ];
    const reply: Reply = {
      text: rich`Our list of partners is new. Which of them do you know already? Nothing is expected of you for it.`,
      card: [{ kind: 'buttons', buttons }],
    };
    // The occurrence is always the same, so that nobody is asked twice.
    const notice = { subject: deps.partnership.id, occurrence: 'who knows', reply, at: now };
    await enqueueNotices(everybody, notice, deps);
    return replyWithUndo(rich`I'm asking everybody, each once. Nobody has to answer.`, receipt);
  },
});
