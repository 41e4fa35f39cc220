import type { Member } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { type Partnership, partnerships } from '../domain/partnerships/partnership.ts';
import { FORM } from '../message/invocation.ts';
import { type Block, type Button, buttonsOf, type Reply } from '../message/reply.ts';
import { bold, commandText, rich, workspaceWord } from '../message/rich-text.ts';
import type { Answer } from '../ports/platform.ts';
import { type Store, updateWithRetry } from '../ports/store.ts';
import { introduction } from './introduction.ts';

const setUpButton: Button = { label: 'Set up', command: 'setup', args: {}, style: 'primary' };

/** The first things to do in a new partnership. */
const firstSteps: readonly Button[] = [
  setUpButton,
  { label: 'Add a partner', command: 'partner add', args: { [FORM]: 'yes' } },
  { label: 'Add people', command: 'member add', args: { [FORM]: 'yes' } },
];

/**
 * Replies with one of these buttons do not get the set-up offer: it is there already, or this workspace is about to
 * become part of another partnership.
 */
const commandsThatNeedNoOffer = [setUpButton.command, 'workspace link'];

/** The offer to set up, for coordinators of a new partnership; empty for others, and after `setup`. */
export function setUpOffer(
  { setUpAt, setUpOffer: offered }: Partnership,
  member: Pick<Member, 'role'>,
): Block[] {
  // Null: the partnership did not begin with a first command.
  const waits = setUpAt === null && typeof offered === 'string';
  if (!waits || !may(member.role, 'coordinate')) return [];
  return [
    {
      kind: 'text',
      text: rich`I've started with the usual settings. It takes a minute to set your name, time zone, bank holidays and a weekly digest (a short summary in a channel):`,
    },
    { kind: 'buttons', buttons: firstSteps },
  ];
}

const whatItTakes = rich`Setting up takes a minute: your name, time zone, bank holidays and a weekly digest (a short summary in a channel).`;

/** What is said once where Convenor has just been added, before anybody has spoken with it. @param place the workspace's name */
export function helloReply(place: string): Reply {
  const help: Button = { label: 'What can you do?', command: 'help', args: {} };
  return {
    text: rich`Hello, I'm Convenor, and I've just been added to ${bold(place)}. ${introduction}`,
    card: [
      {
        kind: 'text',
        text: rich`To begin, somebody who owns or may manage this ${workspaceWord} presses ${bold(setUpButton.label)}. ${whatItTakes}`,
      },
      { kind: 'buttons', buttons: [setUpButton, help] },
    ],
  };
}

/**
 * For the person who has just added Convenor somewhere. It works before there is a partnership: the first press makes one.
 * @param place the name of the workspace.
 */
export function welcomeReply(place: string): Reply {
  return {
    text: rich`Thanks for adding me to ${bold(place)}. ${introduction}`,
    card: [
      {
        kind: 'text',
        text: rich`${whatItTakes} Then add the first organisation that you work with, and the people who work with you:`,
      },
      { kind: 'buttons', buttons: firstSteps },
      {
        kind: 'note',
        text: rich`You can write to me here as to a person, or type ${commandText('help')}.`,
      },
    ],
  };
}

/** Adds the offer to set up to one answer only: the first one to a coordinator. A repeat of that answer has it too. */
export async function withSetUpOffer(
  answer: Answer,
  context: { key: string; partnership: Partnership; member: Member; store: Store },
): Promise<Answer> {
  const { key, partnership, member, store } = context;
  const { reply, audience, form } = answer;
  const offer = setUpOffer(partnership, member);
  const isThere = buttonsOf(reply).some(({ command }) => commandsThatNeedNoOffer.includes(command));
  if (offer.length === 0 || isThere || form || audience !== 'actor') return answer;
  if (partnership.setUpOffer !== key && !(await claimOffer(key, store))) return answer;
  return { ...answer, reply: { ...reply, card: [...(reply.card ?? []), ...offer] } };
}

/** Records that this invocation makes the offer. @returns whether it does: another one may have been first. */
async function claimOffer(key: string, store: Store): Promise<boolean> {
  const row = await updateWithRetry(store.of(partnerships), store.partnership, (row) =>
    row.setUpOffer === '' && row.setUpAt === null ? { ...row, setUpOffer: key } : undefined,
  );
  return row?.setUpAt === null && row.setUpOffer === key;
}
