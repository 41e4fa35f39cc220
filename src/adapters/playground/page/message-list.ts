import type { ComponentChildren } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FormView, MessageView } from '../wire.ts';
import { longDayText } from './format.ts';
import { html } from './html.ts';
import { Message } from './message.ts';
import { usePageContext } from './page-context.ts';

/** Messages of one author within this time are grouped under one name. */
const GROUPING_MS = 5 * 60_000;
/** Closer to the end than this counts as being at the end. */
const NEAR_END_PX = 80;

interface MessageListProps {
  label: string;
  messages: readonly MessageView[];
  /** The line that is being sent. */
  pending: string | undefined;
  press: (button: string) => Promise<void>;
  openForm: (form: FormView) => void;
  /** Shown above the messages; meant for a place that has none. */
  empty: ComponentChildren;
}

/** The messages of a place. Screen readers read out new ones; it stays at the end unless somebody has scrolled up. */
export function MessageList({
  label,
  messages,
  pending,
  press,
  openForm,
  empty,
}: MessageListProps) {
  const { me } = usePageContext();
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);

  /** The last message when a button was pressed, until the answer has come. */
  const lastBeforePress = useRef<string | undefined>(undefined);

  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  useLayoutEffect(() => {
    const last = messages.at(-1)?.id;
    const isAnswer = lastBeforePress.current !== undefined && lastBeforePress.current !== last;
    if (atEnd || pending !== undefined || isAnswer) toEnd();
  }, [messages, pending]);

  const pressAndShow = useCallback(
    async (button: string) => {
      lastBeforePress.current = messages.at(-1)?.id;
      await press(button);
      // The answer is drawn by then.
      requestAnimationFrame(() => {
        lastBeforePress.current = undefined;
      });
    },
    [messages, press],
  );

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
                follows=${!newDay && isGrouped(before, message)}
                press=${pressAndShow}
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

function isGrouped(before: MessageView | undefined, message: MessageView): boolean {
  if (before?.from !== message.from || before.onlyYou !== message.onlyYou) return false;
  return Date.parse(message.at) - Date.parse(before.at) < GROUPING_MS;
}
