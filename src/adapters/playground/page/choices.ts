import type { BoxProps } from './box-props.ts';
import { html } from './html.ts';

/** Several of a short list: a tick box for each. The value is their names with commas between. */
export function Choices({ id, field, value, change, described }: BoxProps) {
  const chosen = value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  const toggle = (choice: string, on: boolean) => {
    const rest = chosen.filter((each) => each !== choice);
    change((on ? [...rest, choice] : rest).join(', '));
  };
  return html`
    <div
      id=${id}
      class="choices"
      role="group"
      tabindex="-1"
      aria-labelledby=${`${id}-label`}
      aria-describedby=${described || null}
    >
      ${(field.options ?? []).map(
        (option) => html`
          <label>
            <input
              type="checkbox"
              checked=${chosen.includes(option.value)}
              onChange=${(event: Event) =>
                toggle(option.value, (event.currentTarget as HTMLInputElement).checked)}
            />
            ${option.label}
          </label>
        `,
      )}
    </div>
  `;
}
