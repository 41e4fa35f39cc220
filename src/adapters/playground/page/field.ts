import { useId, useState } from 'preact/hooks';
import type { FieldView } from '../wire.ts';
import { api } from './api.ts';
import { writtenDayText } from './format.ts';
import { html } from './html.ts';

interface FieldProps {
  field: FieldView;
  value: string;
  change: (value: string) => void;
}

/** One field of a form: its label, its input, its hint, and what is wrong with the answer. */
export function Field({ field, value, change }: FieldProps) {
  const id = useId();
  const { label, hint, needed, problem, kind } = field;
  const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(' ');
  // Tick boxes under one label are a group; any other input is labelled itself.
  const isGroup = kind === 'choices';
  const question = html`${label}${needed && html`<span class="needed"> (needed)</span>`}`;
  return html`
    <div class=${`field ${problem ? 'wrong' : ''}`}>
      ${
        isGroup
          ? html`<p class="label" id=${`${id}-label`}>${question}</p>`
          : html`<label class="label" for=${id}>${question}</label>`
      }
      ${problem && html`<p class="problem" id=${`${id}-problem`}>${problem}</p>`}
      <${FieldInput} id=${id} field=${field} value=${value} change=${change} described=${described} />
      ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    </div>
  `;
}

/** Props of every input. */
interface FieldInputProps {
  id: string;
  field: FieldView;
  value: string;
  change: (value: string) => void;
  /** The ids of the elements that describe it. */
  described: string;
}

/** Ids of the lists that partner and channel inputs suggest from. */
export const PARTNERS_LIST = 'partner-names';
export const CHANNELS_LIST = 'channel-names';

/** The input for a field of this kind. */
export function FieldInput(props: FieldInputProps) {
  const { field, value, change } = props;
  const common = {
    id: props.id,
    name: field.name,
    'aria-describedby': props.described || null,
    'aria-invalid': field.problem ? 'true' : null,
    'aria-required': field.needed ? 'true' : null,
    maxlength: field.maxLength ?? null,
  };
  const onInput = (event: Event) => change((event.currentTarget as HTMLInputElement).value);
  if (field.kind === 'choices') return html`<${ChoicesInput} ...${props} />`;
  if (field.kind === 'file')
    return html`<${FileInput} common=${common} value=${value} change=${change} />`;
  if (field.kind === 'flag') {
    const onChange = (event: Event) =>
      change((event.currentTarget as HTMLInputElement).checked ? 'yes' : '');
    return html`<input ...${common} type="checkbox" checked=${isYes(value)} onChange=${onChange} />`;
  }
  if (field.kind === 'date')
    return html`<${DateInput} common=${common} value=${value} change=${change} />`;
  if (field.kind === 'time')
    return html`<${TimeInput} common=${common} value=${value} change=${change} />`;
  if (field.options)
    return html`<${SelectInput} common=${common} field=${field} value=${value} change=${change} />`;
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

function SelectInput({ common, field, value, change }: FieldInputProps & { common: object }) {
  const onChange = (event: Event) => change((event.currentTarget as HTMLSelectElement).value);
  const options = field.options ?? [];
  // A value that is no option stays visible, so that it can be corrected.
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

/** Several of a short list, as tick boxes. The value is the chosen names with commas between. */
function ChoicesInput({ id, field, value, change, described }: FieldInputProps) {
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

interface TypedOrPickedProps {
  common: { id: string };
  value: string;
  change: (value: string) => void;
}

/** A day: typed in words, or picked from a calendar. A clock time beside the day stays. */
function DateInput({ common, value, change }: TypedOrPickedProps) {
  const [, day = '', time = ''] = /^(\d{4}-\d\d-\d\d)( \d\d:\d\d)?$/.exec(value) ?? [];
  const pick = (picked: string) => change(`${picked}${time}`);
  const picker = { type: 'date', label: 'or pick a day', value: day, pick };
  const shown = day === '' ? value : `${writtenDayText(day)}${time.replace(' ', ', ')}`;
  return html`<${TypedOrPicked} common=${common} value=${shown} change=${change} picker=${picker} />`;
}

/** A time of day: typed in words, or picked. */
function TimeInput({ common, value, change }: TypedOrPickedProps) {
  const time = /^\d\d:\d\d$/.test(value) ? value : '';
  const picker = { type: 'time', label: 'or pick a time', value: time, pick: change };
  return html`<${TypedOrPicked} common=${common} value=${value} change=${change} picker=${picker} />`;
}

interface PickerProps extends TypedOrPickedProps {
  picker: {
    type: 'date' | 'time';
    label: string;
    value: string;
    pick: (value: string) => void;
  };
}

function TypedOrPicked({ common, value, change, picker }: PickerProps) {
  const onInput = (event: Event) => change((event.currentTarget as HTMLInputElement).value);
  const onPick = (event: Event) => {
    const picked = (event.currentTarget as HTMLInputElement).value;
    // It is empty while only a part of it is typed there.
    if (picked !== '') picker.pick(picked);
  };
  const id = `${common.id}-${picker.type}`;
  return html`
    <div class="typed-or-picked">
      <input ...${common} type="text" autocomplete="off" value=${value} onInput=${onInput} />
      <label class="hidden" for=${id}>${picker.label}</label>
      <input id=${id} type=${picker.type} value=${picker.value} onChange=${onPick} />
    </div>
  `;
}

/** The text of a file: typed, pasted, or read from a chosen file. */
function FileInput({ common, value, change }: TypedOrPickedProps) {
  const [problem, setProblem] = useState('');
  const onInput = (event: Event) => change((event.currentTarget as HTMLTextAreaElement).value);
  const onChoose = async (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    if (!file) return;
    const read = await api.readFile(file).catch(({ message }: Error) => ({ problem: message }));
    setProblem('problem' in read ? read.problem : '');
    if ('text' in read) change(read.text);
  };
  const chooser = `${common.id}-file`;
  return html`
    <textarea ...${common} rows="6" class="file" value=${value} onInput=${onInput}></textarea>
    <p class="chooser">
      <label for=${chooser}>or choose a file</label>
      <input id=${chooser} type="file" accept=".xlsx,.csv,.txt,text/*" onChange=${onChoose} />
    </p>
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}
  `;
}

function isYes(value: string): boolean {
  return /^(yes|y|true|1|on)$/i.test(value.trim());
}

function listFor(kind: string): string | null {
  if (kind === 'partner') return PARTNERS_LIST;
  return kind === 'channel' ? CHANNELS_LIST : null;
}
