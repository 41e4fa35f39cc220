import { useId } from 'preact/hooks';
import type { FieldView } from '../wire.ts';
import { Box } from './box.ts';
import { html } from './html.ts';

interface FieldProps {
  field: FieldView;
  value: string;
  change: (value: string) => void;
}

/** One question of a form: its label, its box, its hint, and what is wrong with the answer. */
export function Field({ field, value, change }: FieldProps) {
  const id = useId();
  const { label, hint, needed, problem, kind } = field;
  const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ');
  // Several boxes under one label are a group; everything else is labelled itself.
  const many = kind === 'choices';
  const question = html`${label}${needed && html`<span class="needed"> (needed)</span>`}`;
  return html`
    <div class=${`field ${problem ? 'wrong' : ''}`}>
      ${
        many
          ? html`<p class="label" id=${`${id}-label`}>${question}</p>`
          : html`<label class="label" for=${id}>${question}</label>`
      }
      ${problem && html`<p class="problem" id=${`${id}-problem`}>${problem}</p>`}
      <${Box} id=${id} field=${field} value=${value} change=${change} described=${described} />
      ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    </div>
  `;
}
