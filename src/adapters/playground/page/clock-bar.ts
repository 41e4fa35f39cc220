import { momentText } from './format.ts';
import { html } from './html.ts';
import { useScene } from './scene.ts';

const steps = [
  { advance: '1h', unit: 'hour' },
  { advance: '1d', unit: 'day' },
  { advance: '1w', unit: 'week' },
];

interface ClockBarProps {
  moving: boolean;
  advance: (by: string) => void;
}

/** The playground's clock, and buttons that move it on. */
export function ClockBar({ moving, advance }: ClockBarProps) {
  const { me, state } = useScene();
  return html`
    <div class="clock" role="group" aria-label="The clock" aria-busy=${moving}>
      <time datetime=${state.now} title=${me.zone}>${momentText(state.now, me.zone, state.now)}</time>
      ${steps.map(
        (step) => html`
          <button
            type="button"
            class="button"
            aria-label=${`Move the clock on by 1 ${step.unit}`}
            aria-disabled=${moving ? 'true' : null}
            onClick=${() => !moving && advance(step.advance)}
          >
            +1<span class="long"> ${step.unit}</span><span class="short">${step.unit.charAt(0)}</span>
          </button>
        `,
      )}
    </div>
  `;
}
