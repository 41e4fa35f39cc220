import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FormView, MessageView } from '../wire.ts';
import { longDayText } from './format.ts';
import { html } from './html.ts';
import { Message } from './message.ts';
import { useScene } from './scene.ts';

const SAME_TURN_MS = 5 * 60_000;
/** How near the end counts as being there. */
const NEAR_END_PX = 80;

interface LogProps {
  label: string;
  messages: readonly MessageView[];
  /** What was said and has not been answered yet. */
  pending: string | undefined;
  press: (button: string) => Promise<void>;
  openForm: (form: FormView) => void;
  /** What stands there while nothing has been said. */
  empty: ComponentChildren;
}

/** The messages of a place. New ones are read out; it stays at the end unless one has scrolled up. */
export function Log({ label, messages, pending, press, openForm, empty }: LogProps) {
  const { me } = useScene();
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  useLayoutEffect(() => {
    if (atEnd || pending !== undefined) toEnd();
  }, [messages, pending]);

  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = scroller.current as HTMLDivElement;
    setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_END_PX);
  };

  return html`
    <div class="log-frame">
      <div class="log" role="log" aria-label=${label} tabindex="0" ref=${scroller} onScroll=${onScroll}>
        ${empty}
        <ol>
          ${messages.map((message, index) => {
            const before = messages[index - 1];
            const newDay = !before || dayOf(before, me.zone) !== dayOf(message, me.zone);
            return html`
              ${newDay && html`<li class="day" key=${`day-${message.id}`}><span>${dayOf(message, me.zone)}</span></li>`}
              <${Message}
                key=${message.id}
                message=${message}
                follows=${!newDay && sameTurn(before, message)}
                press=${press}
                openForm=${openForm}
              />
            `;
          })}
        </ol>
        ${pending !== undefined && html`<p class="pending">${pending}<span>Sending…</span></p>`}
      </div>
      ${!atEnd && html`<button type="button" class="to-end" onClick=${toEnd}>Go to the latest</button>`}
    </div>
  `;
}

function dayOf(message: MessageView, zone: string): string {
  return longDayText(message.at, zone);
}

function sameTurn(before: MessageView | undefined, message: MessageView): boolean {
  if (before?.from !== message.from || before.onlyYou !== message.onlyYou) return false;
  return Date.parse(message.at) - Date.parse(before.at) < SAME_TURN_MS;
}
