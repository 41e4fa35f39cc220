import { html } from './html.ts';

/** How many messages are new; nothing, if none is. */
export function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return html`<span class="badge">${count > 99 ? '99+' : count}<span class="hidden"> new</span></span>`;
}
