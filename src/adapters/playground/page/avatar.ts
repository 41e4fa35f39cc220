import { initials } from './format.ts';
import { html } from './html.ts';

/** A face for somebody: their initials on a colour of their own. Decorative, since the name stands beside it. */
export function Avatar({ name, shade }: { name: string; shade: string }) {
  const letters = shade === 'convenor' ? 'C' : initials(name);
  return html`<span class="avatar" data-shade=${shade} aria-hidden="true">${letters}</span>`;
}
