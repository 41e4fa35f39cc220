import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnswerView, FormView, StateView } from '../wire.ts';
import { api } from './api.ts';
import { CHANNELS_LIST, PARTNERS_LIST } from './box.ts';
import { Dialog } from './dialog.ts';
import { Field } from './field.ts';
import { html } from './html.ts';
import { useScene } from './scene.ts';

type Values = Record<string, string>;

interface FormDialogProps {
  form: FormView;
  /** What was typed into it before it was closed. */
  draft: Values | undefined;
  keepDraft: (values: Values) => void;
  close: () => void;
  /** Called with the answer to a form that was taken. */
  done: () => void;
}

/** A form in a window. What does not fit comes back with the reason at its box, and everything typed kept. */
export function FormDialog({ form: first, draft, keepDraft, close, done }: FormDialogProps) {
  const { me, state } = useScene();
  const [form, setForm] = useState(first);
  const [values, setValues] = useState<Values>(() => ({ ...valuesOf(first), ...draft }));
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const [partners, setPartners] = useState<readonly string[]>([]);
  const body = useRef<HTMLFormElement>(null);

  useEffect(() => {
    api.partners().then(setPartners, () => setPartners([]));
  }, []);
  // The keyboard goes to what is to be mended; at first, to the first box.
  useEffect(() => {
    const boxes = 'input:not([type=file]), textarea, select';
    const wrong = body.current?.querySelector<HTMLElement>('.wrong :is(input, textarea, select)');
    (wrong ?? body.current?.querySelector<HTMLElement>(boxes))?.focus();
  }, [form]);

  const change = (name: string, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    keepDraft(next);
  };
  const take = (answer: AnswerView) => {
    const again = answer.reply.form;
    if (!again) return done();
    // A problem is told at its box, where the keyboard then is; only one that has none is told above.
    setTrouble(again.fields.some((field) => field.problem) ? '' : answer.text);
    setForm(again);
    setValues(valuesOf(again));
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble('');
    const sent = api.submit(me.id, form.id, values);
    await sent.then(take, (error: Error) => setTrouble(error.message));
    setBusy(false);
  };

  return html`
    <${Dialog} title=${form.title} close=${close}>
      <form ref=${body} class="questions" novalidate onSubmit=${submit} aria-busy=${busy}>
        <p class="trouble" role="alert">${trouble}</p>
        ${form.fields.map(
          (field) => html`
            <${Field}
              key=${field.name}
              field=${field}
              value=${values[field.name] ?? ''}
              change=${(value: string) => change(field.name, value)}
            />
          `,
        )}
        <footer>
          <button type="button" class="button" onClick=${close}>Cancel</button>
          <button type="submit" class="button primary" aria-disabled=${busy ? 'true' : null}>
            ${form.submit}
          </button>
        </footer>
      </form>
      <${Lists} partners=${partners} state=${state} />
    <//>
  `;
}

/** What partner and channel boxes offer. */
function Lists({ partners, state }: { partners: readonly string[]; state: StateView }) {
  const channels = state.places.filter((place) => !place.direct);
  return html`
    <datalist id=${PARTNERS_LIST}>${partners.map((name) => html`<option value=${name} />`)}</datalist>
    <datalist id=${CHANNELS_LIST}>
      ${channels.map(({ name }) => html`<option value=${`#${name}`} />`)}
    </datalist>
  `;
}

function valuesOf(form: FormView): Values {
  return Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
}
