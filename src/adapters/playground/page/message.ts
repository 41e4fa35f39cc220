import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { BlockView, ButtonView, FileView, FormView, MessageView } from '../wire.ts';
import { Avatar } from './avatar.ts';
import { timeText } from './format.ts';
import { html } from './html.ts';
import { usePageContext } from './page-context.ts';
import { RichText } from './rich-text.ts';

interface MessageProps {
  message: MessageView;
  /** True when the message above is of the same author: the name is not repeated. */
  follows: boolean;
  press: (button: string) => Promise<void>;
  openForm: (form: FormView) => void;
}

/** One message: its author, time, text, card and buttons. */
export function Message({ message, follows, press, openForm }: MessageProps) {
  const { state, me } = usePageContext();
  const [busy, setBusy] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const pressed = useRef(false);

  useEffect(() => {
    if (busy || !pressed.current) return;
    pressed.current = false;
    // If the pressed button has disappeared, the focus would be lost: put it on the message.
    if (document.activeElement === document.body) item.current?.focus();
  });

  const pressOnce = async (button: string) => {
    setBusy(true);
    pressed.current = true;
    await press(button).finally(() => setBusy(false));
  };

  const author = state.members.find((member) => member.id === message.from);
  const name = author?.name ?? 'Convenor';
  const { reply } = message;
  return html`
    <li class=${`message ${follows ? 'follows' : ''}`} ref=${item} tabindex="-1" aria-busy=${busy}>
      <${Avatar} name=${name} shade=${message.from} />
      <div class="said">
        <p class=${follows ? 'byline hidden' : 'byline'}>
          <strong>${name}</strong>
          ${!author && html`<span class="tag">app</span>`}
          <time datetime=${message.at}>${timeText(message.at, me.zone)}</time>
        </p>
        ${message.onlyYou && html`<p class="only-you">Only visible to you</p>`}
        ${
          reply
            ? html`
              <p class="sentence"><${RichText} text=${reply.text} /></p>
              <${Card} blocks=${reply.card} busy=${busy} press=${pressOnce} />
              ${reply.form && html`<${OpenForm} form=${reply.form} open=${openForm} />`}
              ${message.file && html`<${File} file=${message.file} />`}
            `
            : html`<p class="sentence">${message.text}</p>`
        }
      </div>
    </li>
  `;
}

function File({ file }: { file: FileView }) {
  return html`
    <p class="note">
      <a href=${file.url} download=${file.name}>Download ${file.name}</a>
    </p>
  `;
}

function OpenForm({ form, open }: { form: FormView; open: (form: FormView) => void }) {
  return html`
    <div class="buttons">
      <button type="button" class="button" onClick=${() => open(form)}>
        Fill in the form<span class="hidden">: ${form.title}</span>
      </button>
    </div>
  `;
}

interface CardProps {
  blocks: readonly BlockView[];
  busy: boolean;
  press: (button: string) => void;
}

/** The card of a reply: texts, notes, rows with their own buttons, and buttons. */
function Card({ blocks, busy, press }: CardProps) {
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
        <p id=${label}><${RichText} text=${block.text} /></p>
        <div class="buttons compact">${buttons(block.buttons, busy, press)}</div>
      </div>
    `;
  }
  return html`<p class=${block.kind}><${RichText} text=${block.text} /></p>`;
}

/** Busy buttons are not disabled, which would take the focus away. */
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
