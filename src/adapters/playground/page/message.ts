import { useEffect, useRef, useState } from 'preact/hooks';
import type { FormView, MessageView } from '../wire.ts';
import { Avatar } from './avatar.ts';
import { Card } from './card.ts';
import { timeText } from './format.ts';
import { html } from './html.ts';
import { Pieces } from './pieces.ts';
import { useScene } from './scene.ts';

interface MessageProps {
  message: MessageView;
  /** True right under another of the same author: then the author is not shown again. */
  follows: boolean;
  press: (button: string) => Promise<void>;
  openForm: (form: FormView) => void;
}

/** One message: who, when, what was said, and what can be done about it. */
export function Message({ message, follows, press, openForm }: MessageProps) {
  const { state, me } = useScene();
  const [busy, setBusy] = useState(false);
  const item = useRef<HTMLLIElement>(null);
  const pressed = useRef(false);

  useEffect(() => {
    if (busy || !pressed.current) return;
    pressed.current = false;
    // The pressed button may be gone with the message it stood on: then the keyboard goes on from here.
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
              <p class="sentence"><${Pieces} text=${reply.text} /></p>
              <${Card} blocks=${reply.card} busy=${busy} press=${pressOnce} />
              ${reply.form && html`<${OpenForm} form=${reply.form} open=${openForm} />`}
            `
            : html`<p class="sentence">${message.text}</p>`
        }
      </div>
    </li>
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
