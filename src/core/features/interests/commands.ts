import { collect } from '../../async/collect.ts';
import { derivedId, idFromReference } from '../../base/id.ts';
import { interestFacts } from '../../cards/interest-text.ts';
import * as shared from '../../cards/partner-args.ts';
import { replyWithUndo } from '../../cards/undo-button.ts';
import { defineCommand } from '../../command/command.ts';
import {
  askedInAYear,
  ended,
  type Interest,
  interestKinds,
  interests,
  interestsOf,
} from '../../domain/interests/interest.ts';
import { isSameMember } from '../../domain/members/member.ts';
import { may } from '../../domain/members/rights.ts';
import type { Block, Reply } from '../../message/reply.ts';
import { bold, commandText, rich } from '../../message/rich-text.ts';
import { BeingSentError, UserError } from '../../message/user-error.ts';
import { insertOnce, type New, updateWithRetry } from '../../ports/store.ts';

/** How many interests one page shows. */
const PAGE_SIZE = 20;

/** Declares an interest of one's own in a partner, or ends it. */
const declareInterest = defineCommand({
  name: 'me interest',
  title: 'Declare an interest',
  summary: 'Declare that you have an interest in a partner: as its trustee, by family, by a job',
  examples: ['me interest shores centre trustee', 'me interest shores centre trustee off'],
  args: {
    with: { ...shared.partner, summary: 'The partner you have an interest in' },
    kind: {
      kind: 'choice',
      choices: interestKinds,
      labels: {
        trustee: "I'm a trustee of it",
        family: 'Somebody close to me is part of it',
        job: 'I work there',
        other: 'Something else',
      },
      summary: 'What it is; family: somebody close to you; job: you work there',
      ask: 'What is your interest?',
      hint: '',
    },
    off: { kind: 'flag', summary: 'You no longer have it' },
  },
  words: ['with', 'kind'],
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async run({ args, member, now, today, receipt }, deps): Promise<Reply> {
    const { store, directory } = deps;
    const { with: partner, kind } = args;
    const name = bold(partner.name);
    if (args.off) {
      const own = await interestsOf(member.id, store, directory);
      const meant = own.filter(
        (row) => row.partner === partner.id && (kind === undefined || row.kind === kind),
      );
      if (meant.length === 0)
        throw new UserError(rich`You have declared no such interest in ${name}.`);
      for (const { id } of meant)
        await updateWithRetry(store.of(interests), id, (row) => ended(row, now));
      return replyWithUndo(rich`Noted: you no longer have an interest in ${name}.`, receipt);
    }
    const row: New<Interest> = {
      id: derivedId('interest', store.partnership, member.id, partner.id, kind ?? 'other'),
      member: member.id,
      partner: partner.id,
      kind: kind ?? 'other',
      since: today,
      askAt: null,
      endedAt: now,
      nextRunAt: null,
      claim: null,
      sending: null,
    };
    await insertOnce(store.of(interests), row);
    const declared = await updateWithRetry(store.of(interests), row.id, (known) =>
      known.endedAt === null ? undefined : askedInAYear({ ...known, since: today }, now),
    );
    return replyWithUndo(
      rich`Noted: you have an interest in ${name} (${interestFacts(declared ?? { ...row, version: 1 })}). Coordinators see it, and so does anybody who makes you its lead or gives you something to do for it. It hides nothing from you. I'll ask in a year whether it is still so.`,
      receipt,
    );
  },
});

/** Lists the interests that members have declared: all of them for a coordinator, one's own for others. */
const listInterests = defineCommand({
  name: 'interests',
  summary: 'See the interests that you, or for coordinators all members, have declared',
  examples: ['interests'],
  args: { page: { kind: 'number', min: 1, max: 1000, summary: 'Which page', fromButton: true } },
  audience: 'actor',
  guard: 'ask for help',
  async run({ args, member }, { store, directory }): Promise<Reply> {
    const isCoordinator = may(member.role, 'coordinate');
    const rows = isCoordinator
      ? (await collect(store.of(interests).all({ index: 'byDay' }))).filter(
          (row) => row.endedAt === null && directory.member(row.member)?.active,
        )
      : await interestsOf(member.id, store, directory);
    const how = rich`To declare one, type ${commandText('me interest')}, the partner, and trustee, family, job or other.`;
    if (rows.length === 0)
      return {
        text: isCoordinator
          ? rich`Nobody has declared an interest. ${how}`
          : rich`You have declared no interest. ${how}`,
      };
    const page = args.page ?? 1;
    const shown = rows.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const next = { label: 'More', command: 'interests', args: { page: `${page + 1}` } };
    const more: Block[] =
      rows.length > page * PAGE_SIZE ? [{ kind: 'buttons', buttons: [next] }] : [];
    const blocks = shown.map((row): Block => {
      const isOwn = isSameMember(member, row.member);
      const name = isOwn ? 'You' : (directory.member(row.member)?.name ?? 'Somebody');
      const partner = bold(directory.partner(row.partner)?.name ?? 'a partner');
      const text = rich`${name}: ${partner} (${interestFacts(row)})`;
      if (!isOwn) return { kind: 'text', text };
      const args = { which: `#${row.id}`, still: 'no' };
      return {
        kind: 'row',
        text,
        buttons: [{ label: 'No longer', command: 'interest still', args }],
      };
    });
    return {
      text: isCoordinator ? rich`Interests that members have declared:` : rich`Your interests:`,
      card: [...blocks, ...more, { kind: 'note', text: how }],
    };
  },
});

/** Answers whether an interest of one's own still holds. */
const confirmInterest = defineCommand({
  name: 'interest still',
  summary: 'Say whether an interest of yours is still so',
  examples: [],
  args: {
    which: {
      kind: 'text',
      needed: true,
      summary: 'Which one. Its button fills this in',
      fromButton: true,
    },
    still: { kind: 'choice', choices: ['yes', 'no'], summary: 'Whether it is still so' },
  },
  words: ['which'],
  audience: 'actor',
  guard: 'ask for help',
  writes: true,
  async run({ args, member, now, receipt }, { store, directory }): Promise<Reply> {
    const id = idFromReference(args.which);
    const rows = store.of(interests);
    const known = id ? await rows.get(id) : undefined;
    if (!known || !isSameMember(member, known.member))
      throw new UserError(
        rich`I don't have that interest. See yours with ${commandText('interests')}.`,
      );
    const holds = args.still !== 'no';
    await updateWithRetry(rows, known.id, (row) => {
      if (row.sending)
        throw new BeingSentError('I am just asking you about it. Please try again in a minute.');
      return holds ? askedInAYear(row, now) : ended(row, now);
    });
    const name = bold(directory.partner(known.partner)?.name ?? 'that partner');
    return replyWithUndo(
      holds
        ? rich`Thank you. You still have an interest in ${name}; I'll ask again in a year.`
        : rich`Noted: you no longer have an interest in ${name}.`,
      receipt,
    );
  },
});

export const interestCommands = [declareInterest, listInterests, confirmInterest];
