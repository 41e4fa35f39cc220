import type { InlineNodeView } from '../wire.ts';
import { momentText, plainDayText } from './format.ts';
import { html } from './html.ts';
import { type PageContext, usePageContext } from './page-context.ts';

/** Rich text. Each node becomes a text node, so that nothing that somebody typed can become markup. */
export function RichText({ text }: { text: readonly InlineNodeView[] }) {
  const context = usePageContext();
  return html`${text.map((node) => inline(node, context))}`;
}

function inline(node: InlineNodeView, { me, state }: PageContext) {
  if ('text' in node) return node.text;
  if ('bold' in node) return html`<strong>${node.bold}</strong>`;
  if ('link' in node) return link(node.link, node.url);
  if ('command' in node) {
    const { command, words } = node;
    return html`<code>${words === undefined ? command : `${command} ${words}`}</code>`;
  }
  if ('member' in node) {
    const mine = node.member === me.id;
    return html`<span class=${mine ? 'mention mine' : 'mention'}>@${node.name}</span>`;
  }
  if ('channel' in node) return html`<span class="mention">#${node.name}</span>`;
  if ('day' in node) {
    return html`<time datetime=${node.day}>${plainDayText(node.day, state.now, me.zone)}</time>`;
  }
  return html`<time datetime=${node.moment}>${momentText(node.moment, me.zone, state.now)}</time>`;
}

/** A link, if its address has a safe scheme; else only the label. */
function link(label: string, url: string) {
  if (!/^(https?:|mailto:)/i.test(url)) return label;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${label}</a>`;
}
