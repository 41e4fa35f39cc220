import type { Member } from '../domain/members/member.ts';
import { may } from '../domain/members/rights.ts';
import { type Partnership, partnerships } from '../domain/partnerships/partnership.ts';
import { type Block, type Button, buttonsOf } from '../message/reply.ts';
import { rich } from '../message/rich-text.ts';
import type { Answer } from '../ports/platform.ts';
import { type Store, updateWithRetry } from '../ports/store.ts';

const setUpButton: Button = { label: 'Set up', command: 'setup', args: {}, style: 'primary' };

/** Where one of these is offered, the offer would be no help: it stands there, or what is here ends. */
const instead = [setUpButton.command, 'workspace link'];

/** What a coordinator is shown until somebody has set the partnership up; nothing for others, and after. */
export function setUpOffer(
  { setUpAt, setUpOffer: offered }: Partnership,
  member: Pick<Member, 'role'>,
): Block[] {
  // Null, or not there: it did not come about by a first command.
  const waits = setUpAt === null && typeof offered === 'string';
  if (!waits || !may(member.role, 'coordinate')) return [];
  return [
    {
      kind: 'text',
      text: rich`I've begun with what is usual. Your name, time zone and bank holidays, and a weekly digest, take a minute:`,
    },
    { kind: 'buttons', buttons: [setUpButton] },
  ];
}

/** The answer with the offer to set up beneath it, in one answer only; given again, that one has it again. */
export async function withSetUpOffer(
  answer: Answer,
  scene: { key: string; partnership: Partnership; member: Member; store: Store },
): Promise<Answer> {
  const { key, partnership, member, store } = scene;
  const { reply, audience, form } = answer;
  const offer = setUpOffer(partnership, member);
  const isThere = buttonsOf(reply).some(({ command }) => instead.includes(command));
  if (offer.length === 0 || isThere || form || audience !== 'actor') return answer;
  if (partnership.setUpOffer !== key && !(await isFirst(key, store))) return answer;
  return { ...answer, reply: { ...reply, card: [...(reply.card ?? []), ...offer] } };
}

/** Remembers where it was offered. @returns whether that is here. */
async function isFirst(key: string, store: Store): Promise<boolean> {
  const row = await updateWithRetry(store.of(partnerships), store.partnership, (row) =>
    row.setUpOffer === '' && row.setUpAt === null ? { ...row, setUpOffer: key } : undefined,
  );
  return row?.setUpAt === null && row.setUpOffer === key;
}
