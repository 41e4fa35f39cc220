import { quoteShort } from '../../base/text.ts';
import { showOrRestoreButton, storyButton } from '../../cards/partner-buttons.ts';
import { dayOf } from '../../dates/day.ts';
import type { Contact } from '../../domain/contacts/contact.ts';
import type { Directory, PartnerName } from '../../domain/directory/directory.ts';
import type { Followup } from '../../domain/followups/followup.ts';
import { dueText } from '../../domain/followups/rules.ts';
import type { Viewer } from '../../domain/members/visibility.ts';
import { termsOf } from '../../domain/search-terms/terms.ts';
import { FORM } from '../../message/invocation.ts';
import type { Block, Button } from '../../message/reply.ts';
import { bold, day, type InlineNode, type RichText, rich } from '../../message/rich-text.ts';
import { belongsToOthers } from '../../parsing/resolve-followup.ts';
import type { Hit } from './read-hits.ts';
import { isSought, type SoughtWord } from './sought-words.ts';

/** Who looks for something, and for what. */
export interface FindView {
  viewer: Viewer;
  directory: Directory;
  words: readonly SoughtWord[];
  /** The partnership's zone: the day on which a promise was noted is shown as it was there. */
  zone: string;
}

/** A partner that was found by its name. */
export function partnerFound(partner: PartnerName): Block {
  return {
    kind: 'row',
    text: rich`${bold(partner.name)}${partner.archived && ', in the archive'}`,
    buttons: [showOrRestoreButton(partner)],
  };
}

/** A note or a promise, with the words in bold and what stands around them. */
export function hitRow(hit: Hit, view: FindView): Block {
  return 'contact' in hit ? contactRow(hit.contact, view) : promiseRow(hit.followup, view);
}

function contactRow(contact: Contact, view: FindView): Block {
  const { viewer, directory } = view;
  const author = directory.member(contact.by)?.name ?? 'Somebody';
  const isPrivate = (contact.readers ?? null) !== null;
  const text = rich`${day(contact.day)} · ${partnerName(contact.partner, view)} · ${author}${isPrivate && ' (a private note)'}: ${aroundHits(contact.note ?? '', view)}`;
  const mayChange = !belongsToOthers([contact.by], viewer);
  const change: Button = {
    label: 'Change…',
    command: 'log change',
    args: { which: `#${contact.id}` },
  };
  return {
    kind: 'row',
    text,
    buttons: [...showButtons(contact.partner, view), ...(mayChange ? [change] : [])],
  };
}

function promiseRow(row: Followup, view: FindView): Block {
  const { viewer, directory, zone } = view;
  const partner = row.partner === null ? undefined : partnerName(row.partner, view);
  const owner = row.who === null ? undefined : directory.member(row.who)?.name;
  const text = rich`${day(dayOf(row.createdAt, zone))} · ${partner && rich`${partner} · `}${promiseState(row)}${owner && rich`, ${owner}`}: ${aroundHits(row.title, view)}`;
  const change: Button = {
    label: 'Change…',
    command: 'followup edit',
    args: { which: `#${row.id}`, [FORM]: 'yes' },
  };
  const mayChange = row.state === 'open' && !belongsToOthers([row.who, row.createdBy], viewer);
  return {
    kind: 'row',
    text,
    buttons: [...showButtons(row.partner, view), ...(mayChange ? [change] : [])],
  };
}

function promiseState({ state, ours, dueDay, at }: Followup): RichText {
  if (state === 'done') return rich`a promise that was kept`;
  if (state === 'cancelled') return rich`a promise that was dropped`;
  return rich`${ours ? 'our promise' : 'their promise'}${dueDay && rich`, by ${dueText({ day: dueDay, at })}`}`;
}

const partnerName = (id: string, { directory }: FindView): InlineNode =>
  bold(directory.partner(id)?.name ?? 'a partner');

function showButtons(partner: string | null, { directory }: FindView): Button[] {
  const known = partner === null ? undefined : directory.partner(partner);
  return known && !known.archived ? [storyButton(known)] : [];
}

/** How many characters of a note are shown, and how many of them before the first hit. */
const MAX_SHOWN = 160;
const MAX_BEFORE_HIT = 60;

/** The part of a text around the first sought word, with all sought words in it in bold. */
function aroundHits(text: string, { words }: FindView): RichText {
  const line = text.replace(/\s+/g, ' ').trim();
  const hits = [...line.matchAll(/[\p{L}\p{M}\p{N}'’-]+/gu)].filter(([word]) =>
    termsOf(word).some((term) => words.some((sought) => isSought(term, sought))),
  );
  const first = hits[0]?.index ?? 0;
  const start = first > MAX_BEFORE_HIT ? line.indexOf(' ', first - MAX_BEFORE_HIT) + 1 : 0;
  const shown = quoteShort(line.slice(start), MAX_SHOWN);
  const nodes: InlineNode[] = start > 0 ? [{ text: '…' }] : [];
  let at = 0;
  for (const { 0: word, index } of hits) {
    const from = index - start;
    if (from + word.length > shown.length) break;
    if (from > at) nodes.push({ text: shown.slice(at, from) });
    nodes.push(bold(word));
    at = from + word.length;
  }
  return at < shown.length ? [...nodes, { text: shown.slice(at) }] : nodes;
}
