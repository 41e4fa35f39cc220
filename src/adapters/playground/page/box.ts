import type { BoxProps } from './box-props.ts';
import { Choices } from './choices.ts';
import { FileBox } from './file-box.ts';
import { html } from './html.ts';

/** The lists that partner and channel boxes offer while one types. */
export const PARTNERS_LIST = 'partner-names';
export const CHANNELS_LIST = 'channel-names';

/** What one answers in, by the kind of the answer. */
export function Box(props: BoxProps) {
  const { field, value, change } = props;
  const common = {
    id: props.id,
    name: field.name,
    'aria-describedby': props.described || null,
    'aria-invalid': field.problem ? 'true' : null,
    'aria-required': field.needed ? 'true' : null,
  };
  const onInput = (event: Event) => change((event.currentTarget as HTMLInputElement).value);
  if (field.kind === 'choices') return html`<${Choices} ...${props} />`;
  if (field.kind === 'file')
    return html`<${FileBox} common=${common} value=${value} change=${change} />`;
  if (field.kind === 'flag') {
    const onChange = (event: Event) =>
      change((event.currentTarget as HTMLInputElement).checked ? 'yes' : '');
    return html`<input ...${common} type="checkbox" checked=${isYes(value)} onChange=${onChange} />`;
  }
  if (field.options)
    return html`<${Pick} common=${common} field=${field} value=${value} change=${change} />`;
  if (field.long)
    return html`<textarea ...${common} rows="4" value=${value} onInput=${onInput}></textarea>`;
  return html`
    <input
      ...${common}
      type="text"
      autocomplete="off"
      inputmode=${field.kind === 'number' ? 'numeric' : null}
      list=${listFor(field.kind)}
      value=${value}
      onInput=${onInput}
    />
  `;
}

function Pick({ common, field, value, change }: BoxProps & { common: object }) {
  const onChange = (event: Event) => change((event.currentTarget as HTMLSelectElement).value);
  const options = field.options ?? [];
  // What was typed and could not be read stays to be seen, and can be put right.
  const typed = value !== '' && !options.some((option) => option.value === value);
  return html`
    <select ...${common} onChange=${onChange}>
      <option value="" selected=${value === ''}>–</option>
      ${typed && html`<option value=${value} selected>${value}</option>`}
      ${options.map(
        (option) =>
          html`<option value=${option.value} selected=${option.value === value}>${option.label}</option>`,
      )}
    </select>
  `;
}

function isYes(value: string): boolean {
  return /^(yes|y|true|1|on)$/i.test(value.trim());
}

function listFor(kind: string): string | null {
  if (kind === 'partner') return PARTNERS_LIST;
  return kind === 'channel' ? CHANNELS_LIST : null;
}
