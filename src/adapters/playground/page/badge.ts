import { html } from './html.ts';

/** The number of new messages; nothing if there are none. */
export function Badge({ count }: { count: number }) {
  if (count === 0) return null;
  return html`<span class="badge">${count > 99 ? '99+' : count}<span class="hidden"> new</span></span>`;
}
