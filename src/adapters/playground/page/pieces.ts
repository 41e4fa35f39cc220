import type { PieceView } from '../wire.ts';
import { momentText, plainDayText } from './format.ts';
import { html } from './html.ts';
import { type Scene, useScene } from './scene.ts';

/** Rich text. Each piece is a text node inside an element of ours, whatever a person typed into it. */
export function Pieces({ text }: { text: readonly PieceView[] }) {
  const scene = useScene();
  return html`${text.map((piece) => shown(piece, scene))}`;
}

function shown(piece: PieceView, { me, state }: Scene) {
  if ('text' in piece) return piece.text;
  if ('bold' in piece) return html`<strong>${piece.bold}</strong>`;
  if ('link' in piece) return link(piece.link, piece.url);
  if ('member' in piece) {
    const mine = piece.member === me.id;
    return html`<span class=${mine ? 'mention mine' : 'mention'}>@${piece.name}</span>`;
  }
  if ('channel' in piece) return html`<span class="mention">#${piece.name}</span>`;
  if ('day' in piece) {
    return html`<time datetime=${piece.day}>${plainDayText(piece.day, state.now, me.zone)}</time>`;
  }
  return html`<time datetime=${piece.moment}>${momentText(piece.moment, me.zone, state.now)}</time>`;
}

/** A link, if its address is one that is safe to follow. */
function link(label: string, url: string) {
  if (!/^(https?:|mailto:)/i.test(url)) return label;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${label}</a>`;
}
