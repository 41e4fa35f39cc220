import type { Day } from '../../dates/day.ts';
import type { DataRequest, DataRequestKind } from '../../domain/data-requests/data-request.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button, Reply } from '../../message/reply.ts';
import { bold, commandText, day, type RichText, rich } from '../../message/rich-text.ts';

const buttons = (...all: Button[]): Block => ({ kind: 'buttons', buttons: all });
const text = (words: RichText): Block => ({ kind: 'text', text: words });
const note = (words: RichText): Block => ({ kind: 'note', text: words });

/** What a coordinator hears at once when they ask what is held on somebody. */
export function exportBegunReply(name: string): Reply {
  return {
    text: rich`I'm putting together what I hold on ${bold(name)}. It comes to you as a direct message in a minute, and I take the file away again a day later.`,
    card: [
      note(rich`Before you give it to anybody, make sure who is asking.`),
      buttons({
        label: 'They asked for it: note the day',
        command: 'data request',
        args: { name, kind: 'see', [FORM]: 'yes' },
      }),
    ],
  };
}

/** What somebody hears at once when they ask what is held on them. */
export const ownExportBegunReply: Reply = {
  text: rich`I'm putting together what I hold on you. It comes as a direct message in a minute, and I take the file away again a day later.`,
  card: [
    note(
      rich`Private notes, and what is about other people too, a coordinator looks at first. I'll tell them if there is any.`,
    ),
  ],
};

/** What is said with the file. */
export const exportReadyReply = (isOwn: boolean): Reply => ({
  text: isOwn ? rich`Here is what I hold on you.` : rich`Here is what you asked for.`,
});

/** Tells coordinators that a member's own file leaves something out. */
export function reviewNotice(
  { id, name, member, answerBy }: Pick<DataRequest, 'id' | 'name' | 'member' | 'answerBy'>,
  toReview: number,
): Reply {
  const places = toReview === 1 ? '1 place needs' : `${toReview} places need`;
  const them = toReview === 1 ? 'it is' : 'they are';
  return {
    text: rich`${bold(name)} asked for their data. ${places} a look before ${them} given out, by ${day(answerBy)}.`,
    card: [
      buttons(
        { label: 'Send me the file', command: 'data', args: { name, who: `#${member}` } },
        doneButton(id),
      ),
    ],
  };
}

const doneButton = (id: string): Button => ({
  label: 'Done',
  command: 'data done',
  args: { which: `#${id}` },
});

const asks: { readonly [kind in DataRequestKind]: string } = {
  see: 'asked to see what is held on them',
  correct: 'asked to have something corrected',
  erase: 'asked to be erased',
  complaint: 'complained about how their details are used',
};

/** A request in one sentence. */
export const requestText = ({ name, kind, askedOn, answerBy }: DataRequest): RichText =>
  rich`${bold(name)} ${asks[kind]}, on ${day(askedOn)}. They need an answer by ${day(answerBy)}.`;

/** What to do about a request, in order. */
export function requestBlocks(request: DataRequest): Block[] {
  return [text(stepsOf[request.kind](request)), text(checkWho), buttons(...buttonsFor(request))];
}

const checkWho = rich`Make sure who is asking: is it somebody you know, or does the address they write from belong to what you hold? If in doubt, ring a number that you have already. Don't ask for a passport if you know them.`;

type Steps = (request: DataRequest) => RichText;

const stepsOf: { readonly [kind in DataRequestKind]: Steps } = {
  see: ({ name }) =>
    rich`Type ${commandText('data', name)}. The file marks what needs a look. Take out what is about other people, and give them the rest in a way that suits them.`,
  correct: () =>
    rich`Ask what is wrong, and put it right: the Change… button in ${commandText('partner show')} for a note, ${commandText('followup edit')} for a promise, ${commandText('partner edit')} for a partner. If you don't agree, write down why, and tell them.`,
  erase: ({ name }) =>
    rich`${commandText('erase', name)} shows every place before anything goes. Somebody who is a member leaves first: ${commandText('member left')}. If something has to stay, tell them what and why.`,
  complaint: () =>
    rich`Write back that you have their complaint: within 30 days, better this week. Look into it, tell them what you found, and what you do about it. If that does not settle it, they can go to the Information Commissioner: ico.org.uk/make-a-complaint, 0303 123 1113.`,
};

function buttonsFor({ id, name, kind, member }: DataRequest): Button[] {
  const who: { [name: string]: string } = member ? { who: `#${member}` } : {};
  const see = { label: 'Send me the file', command: 'data', args: { name, ...who } };
  return kind === 'see' ? [see, doneButton(id)] : [doneButton(id)];
}

/** Tells the other coordinators of a request, or reminds all of them. */
export function requestNotice(request: DataRequest, isReminder: boolean): Reply {
  const begin = isReminder ? rich`A reminder: ` : [];
  return { text: rich`${begin}${requestText(request)}`, card: requestBlocks(request) };
}

/** The list of open requests, the first to be answered first. */
export function requestList(rows: readonly DataRequest[], more: boolean, today: Day): Reply {
  if (rows.length === 0)
    return { text: rich`Nobody is waiting for an answer about their details.` };
  const late = rows.filter(({ answerBy }) => answerBy < today).length;
  const card: Block[] = rows.map((row) => ({
    kind: 'row',
    text: requestText(row),
    buttons: [doneButton(row.id)],
  }));
  const people = new Set(rows.map(({ name }) => name)).size;
  const waiting =
    people === 1 && !more ? '1 person is' : `${people}${more ? ' or more' : ''} people are`;
  return {
    text: rich`${waiting} waiting for an answer about their details${late > 0 && `; ${late === 1 ? '1 request is' : `${late} requests are`} late`}.`,
    card,
  };
}
