import { initials } from './format.ts';
import { html } from './html.ts';

/** Somebody's initials on their own colour. Decorative: the name is beside it. */
export function Avatar({ name, shade }: { name: string; shade: string }) {
  const letters = shade === 'convenor' ? 'C' : initials(name);
  return html`<span class="avatar" data-shade=${shade} aria-hidden="true">${letters}</span>`;
}
