import type { CompletionView } from '../wire.ts';
import { html } from './html.ts';

export const LIST_ID = 'suggestions';

/** The id of one suggestion, for `aria-activedescendant`. */
export const optionId = (index: number): string => `${LIST_ID}-${index}`;

interface SuggestionsProps {
  found: readonly CompletionView[];
  active: number;
  take: (completion: CompletionView) => void;
}

/** The list above the composer. The keyboard stays in the composer, which says which one is active. */
export function Suggestions({ found, active, take }: SuggestionsProps) {
  return html`
    <ul id=${LIST_ID} class="suggestions" role="listbox" aria-label="Suggestions" hidden=${found.length === 0}>
      ${found.map(
        (completion, index) => html`
          <li
            key=${completion.line}
            id=${optionId(index)}
            role="option"
            aria-selected=${index === active ? 'true' : 'false'}
            onMouseDown=${(event: MouseEvent) => event.preventDefault()}
            onClick=${() => take(completion)}
          >
            <strong>${completion.label}</strong>
            <span>${completion.summary}</span>
          </li>
        `,
      )}
    </ul>
  `;
}
