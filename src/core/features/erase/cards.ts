import { type Erasure, placesToErase, undecidedPlaces } from '../../domain/erasures/erasure.ts';
import { type Block, type Button, cancelButton, type Reply } from '../../message/reply.ts';
import {
  bold,
  joined,
  member as memberNode,
  type RichText,
  rich,
} from '../../message/rich-text.ts';

/** With more places than this, a second coordinator has to agree. */
const MAX_PLACES_ALONE = 50;
/** How many unclear places one message asks about. */
export const MAX_UNCLEAR_SHOWN = 5;
/** How many places one message shows. */
export const MAX_PLACES_SHOWN = 10;

/** Whether a second coordinator has to agree. */
export const needsSecond = (erasure: Pick<Erasure, 'places' | 'theirs' | 'isPartnerName'>) =>
  erasure.isPartnerName || placesToErase(erasure).length > MAX_PLACES_ALONE;

/** What a place is, by its collection: one and several. Other collections hold copies. */
const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  contacts: ['note', 'notes'],
  followups: ['follow-up', 'follow-ups'],
  partners: ['partner', 'partners'],
  people: ['detail of a person', 'details of people'],
  noteRetentions: ['reason to keep notes', 'reasons to keep notes'],
  members: ['member', 'members'],
  joinRequests: ['request to join', 'requests to join'],
  deliveries: ['message', 'messages'],
  receipts: ['answer of the last month', 'answers of the last month'],
  kept: ['button or form', 'buttons or forms'],
  dataRequests: ['request about data', 'requests about data'],
  dataExports: ['file of data', 'files of data'],
  outgoingFiles: ['file of data', 'files of data'],
  historyWords: ['entry of the history', 'entries of the history'],
};
const OTHER_KIND = ['other place', 'other places'] as const;

/** What the place is, such as `note`. */
const kindOf = (collection: string): string => (KINDS[collection] ?? OTHER_KIND)[0];

const placeCount = (count: number): string => (count === 1 ? '1 place' : `${count} places`);

/** `3 notes, 1 follow-up`. */
function kindsText(places: readonly { collection: string }[]): string {
  const counts = new Map<readonly [string, string], number>();
  for (const { collection } of places) {
    const kind = KINDS[collection] ?? OTHER_KIND;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts]
    .map(([[one, several], count]) => `${count} ${count === 1 ? one : several}`)
    .join(', ');
}

/** A place as its reader may see it. */
export interface ShownPlace {
  collection: string;
  /** The keyed hash of its text. */
  text: string;
  /** The words around the name; undefined: hidden from this reader, or not there any more. */
  excerpt: string | undefined;
}

/** The preview: how many places there are, and the unclear ones to decide about. */
export function previewReply(erasure: Erasure, unclear: readonly ShownPlace[]): Reply {
  const which = `#${erasure.id}`;
  const chosen = placesToErase(erasure);
  const open = undecidedPlaces(erasure).length;
  const found =
    chosen.length > 0
      ? rich`I found ${placeCount(chosen.length)}: ${kindsText(chosen)}.`
      : rich`No place is clearly theirs.`;
  const asked =
    open > 0 &&
    rich` ${open === 1 ? '1 place has' : `${open} places have`} only a part of the name. Please say of each whether it is about them.`;
  const second =
    needsSecond(erasure) &&
    rich` ${erasure.isPartnerName ? 'It is the name of a partner too' : 'They are many'}, so a second coordinator has to agree.`;
  const rows = unclear.map(
    ({ collection, text, excerpt }): Block => ({
      kind: 'row',
      text: rich`${bold(kindOf(collection))}: “${excerpt ?? '…'}”`,
      buttons: [
        decideButton('This is them', { which, text, theirs: 'yes' }),
        decideButton('Somebody else', { which, text, theirs: 'no' }),
      ],
    }),
  );
  const rest = decideButton('All the rest is somebody else', { which, rest: 'yes' });
  const start: Button = {
    label: `Erase ${placeCount(chosen.length)}`,
    command: 'erase start',
    args: { which },
    style: 'danger',
  };
  const buttons: Button[] = [
    ...(open === 0 && chosen.length > 0 ? [start] : []),
    ...(open > 1 ? [rest] : []),
    ...(chosen.length > 0 ? [showButton(which)] : []),
    cancelButton,
  ];
  return {
    text: rich`${found}${asked}${second} Nothing is erased yet.`,
    card: [...rows, { kind: 'buttons', buttons }],
  };
}

const decideButton = (label: string, args: Record<string, string>): Button => ({
  label,
  command: 'erase decide',
  args,
});

const showButton = (which: string, after = 0): Button => ({
  label: after === 0 ? 'Show the places' : 'More',
  command: 'erase show',
  args: { which, after: `${after}` },
});

/** The places that will be erased, a page of them. */
export function placesReply(
  { id }: Erasure,
  shown: readonly ShownPlace[],
  { after, count }: { after: number; count: number },
): Reply {
  const end = after + shown.length;
  const card = shown.map(
    ({ collection, excerpt }): Block => ({
      kind: 'text',
      text: excerpt
        ? rich`${bold(kindOf(collection))}: “${excerpt}”`
        : rich`${bold(kindOf(collection))}: not shown, because others have it`,
    }),
  );
  const more: Block[] =
    end < count ? [{ kind: 'buttons', buttons: [showButton(`#${id}`, end)] }] : [];
  return { text: rich`Places ${after + 1} to ${end} of ${count}.`, card: [...card, ...more] };
}

/** Tells the other coordinators, without the name. */
export function startedNotice(asker: { id: string; name: string }, count: number): Reply {
  return {
    text: rich`${memberNode(asker)} has started to erase somebody's details, in ${placeCount(count)}.`,
  };
}

/** Asks the other coordinators to agree. */
export function secondNotice(asker: { id: string; name: string }, erasure: Erasure): Reply {
  const which = `#${erasure.id}`;
  const count = placesToErase(erasure).length;
  const why = erasure.isPartnerName
    ? 'The name is a partner’s too'
    : `More than ${MAX_PLACES_ALONE} places are a lot`;
  return {
    text: rich`${memberNode(asker)} wants to erase somebody's details, in ${placeCount(count)}. ${why}, so I need a second coordinator. Do you agree?`,
    card: [
      {
        kind: 'buttons',
        buttons: [
          showButton(which),
          { label: 'Yes, erase them', command: 'erase agree', args: { which }, style: 'danger' },
          { label: 'No', command: 'erase refuse', args: { which } },
        ],
      },
    ],
  };
}

/** What an erasure does not reach. */
const NOT_ERASED: readonly RichText[] = [
  rich`what people wrote themselves, and my answers to it: please delete these in the chat`,
  rich`digests that were posted, files that somebody downloaded, and e-mails`,
  rich`backups, until they are removed after 30 days. If one is restored, I erase again`,
];

/** The answer to the last yes. */
export function startedReply(count: number): Reply {
  return {
    text: rich`I'm erasing ${placeCount(count)} now. It takes a minute, and I'll tell you when it's done. Messages that I sent are changed as fast as the chat allows.`,
    card: [
      { kind: 'text', text: rich`I can't reach:` },
      {
        kind: 'text',
        text: joined(
          NOT_ERASED.map((text) => rich`• ${text}`),
          '\n',
        ),
      },
    ],
  };
}
