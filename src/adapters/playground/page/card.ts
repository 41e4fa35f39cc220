import { useId } from 'preact/hooks';
import type { BlockView, ButtonView } from '../wire.ts';
import { html } from './html.ts';
import { Pieces } from './pieces.ts';

interface CardProps {
  blocks: readonly BlockView[];
  busy: boolean;
  press: (button: string) => void;
}

/** What stands under the sentence of a reply: text, notes, rows with their own buttons, buttons. */
export function Card({ blocks, busy, press }: CardProps) {
  if (blocks.length === 0) return null;
  return html`
    <div class="card">
      ${blocks.map((block) => html`<${Block} block=${block} busy=${busy} press=${press} />`)}
    </div>
  `;
}

function Block({ block, busy, press }: { block: BlockView } & Omit<CardProps, 'blocks'>) {
  const label = useId();
  if (block.kind === 'buttons') {
    return html`<div class="buttons">${buttons(block.buttons, busy, press)}</div>`;
  }
  if (block.kind === 'row') {
    return html`
      <div class="row" role="group" aria-labelledby=${label}>
        <p id=${label}><${Pieces} text=${block.text} /></p>
        <div class="buttons compact">${buttons(block.buttons, busy, press)}</div>
      </div>
    `;
  }
  return html`<p class=${block.kind}><${Pieces} text=${block.text} /></p>`;
}

/** A button that is busy stays focusable, so that a keyboard does not lose its place. */
function buttons(all: readonly ButtonView[], busy: boolean, press: (button: string) => void) {
  return all.map(
    ({ id, label, style }) => html`
      <button
        type="button"
        class=${`button ${style ?? ''}`}
        aria-disabled=${busy ? 'true' : null}
        onClick=${() => !busy && press(id)}
      >
        ${label}
      </button>
    `,
  );
}
