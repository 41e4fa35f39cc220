import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnswerView, FormView, StateView } from '../wire.ts';
import { api } from './api.ts';
import { Dialog } from './dialog.ts';
import { CHANNELS_LIST, Field, PARTNERS_LIST } from './field.ts';
import { html } from './html.ts';
import { usePageContext } from './page-context.ts';
import { loadFromSession, saveInSession } from './session-storage.ts';

type Values = Record<string, string>;

interface FormDialogProps {
  form: FormView;
  close: () => void;
  /** Called when the form was accepted. */
  done: () => void;
}

/** A form in a dialog. Invalid values come back with the problem at their field, and everything typed is kept. */
export function FormDialog({ form: first, close, done }: FormDialogProps) {
  const { me, state } = usePageContext();
  const [form, setForm] = useState(first);
  // What was typed into it before it was closed, or the page reloaded.
  const draft = `form.${first.id}`;
  const [values, setValues] = useState<Values>(() => ({
    ...valuesOf(first),
    ...loadFromSession<Values>(draft),
  }));
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const [partners, setPartners] = useState<readonly string[]>([]);
  const body = useRef<HTMLFormElement>(null);

  useEffect(() => {
    api.partners().then(setPartners, () => setPartners([]));
  }, []);
  // Focuses the first invalid field, or the first field of a new form.
  useEffect(() => {
    const inputs = 'input:not([type=file]), textarea, select';
    const invalid = body.current?.querySelector<HTMLElement>('.wrong :is(input, textarea, select)');
    (invalid ?? body.current?.querySelector<HTMLElement>(inputs))?.focus();
  }, [form]);

  const change = (name: string, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    saveInSession(draft, next);
  };
  const onAnswer = (answer: AnswerView) => {
    const nextForm = answer.reply.form;
    if (!nextForm) {
      saveInSession(draft, undefined);
      return done();
    }
    // A problem is shown at its field, which gets the focus; only one without a field is shown above.
    setTrouble(nextForm.fields.some((field) => field.problem) ? '' : answer.text);
    setForm(nextForm);
    setValues(valuesOf(nextForm));
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble('');
    const sent = api.submit(me.id, form.id, values);
    await sent.then(onAnswer, (error: Error) => setTrouble(error.message));
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

/** The suggestions of partner and channel inputs. */
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
