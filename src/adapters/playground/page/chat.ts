import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { FormView, PlaceView } from '../wire.ts';
import { Composer } from './composer.ts';
import { FormDialog } from './form-dialog.ts';
import { momentText } from './format.ts';
import { html } from './html.ts';
import { MessageList } from './message-list.ts';
import { usePageContext } from './page-context.ts';
import { routeKey } from './route.ts';
import type { useActions } from './use-actions.ts';
import type { usePlayground } from './use-playground.ts';
import { Welcome } from './welcome.ts';

interface ChatProps {
  playground: ReturnType<typeof usePlayground>;
  actions: ReturnType<typeof useActions>;
  place: PlaceView;
  trouble: string;
  /** Whether the sidebar covers the chat, on a phone. */
  drawer: boolean;
  openDrawer: () => void;
}

/** One place: its title, the clock, its messages and the composer. */
export function Chat({ playground, actions, place, trouble, drawer, openDrawer }: ChatProps) {
  const { me } = usePageContext();
  const { route, messages } = playground;
  const input = useRef<HTMLTextAreaElement>(null);
  const title = place.direct ? place.name : `#${place.name}`;
  const { form, pending } = actions;
  const latest = useRef(actions);
  latest.current = actions;

  const lastPlace = useRef(route.place);
  useEffect(() => {
    document.title = `${title} – ${me.name} – Convenor playground`;
    // After a change of place one types there. Not on a touch screen, whose keyboard would cover half the page.
    if (lastPlace.current !== route.place && matchMedia('(pointer: fine)').matches)
      input.current?.focus();
    lastPlace.current = route.place;
  }, [title, me.name, route.place]);

  const fill = (line: string) => {
    latest.current.setDraft(line);
    input.current?.focus();
  };
  // Made again only when one of these changes, so that typing does not draw every message again.
  const messageList = useMemo(
    () => html`
      <${MessageList}
        key=${routeKey(route)}
        label=${`Messages in ${title}`}
        messages=${messages ?? []}
        pending=${pending}
        press=${(button: string) => latest.current.press(button)}
        openForm=${(opened: FormView) => latest.current.openForm(opened)}
        empty=${messages?.length === 0 && html`<${Welcome} place=${place} fill=${fill} />`}
      />
    `,
    [route, title, messages, pending, place],
  );
  return html`
    <main id="main" class="chat" inert=${drawer}>
      <header class="top">
        <button
          id="drawer"
          type="button"
          class="icon menu"
          aria-label="People and places"
          aria-expanded=${drawer ? 'true' : 'false'}
          aria-controls="sidebar"
          onClick=${openDrawer}
        >
          <span aria-hidden="true">☰</span>
        </button>
        <h1>${title} <span class="as">as ${me.name}</span></h1>
        <${ClockBar} moving=${actions.moving} advance=${actions.advance} />
      </header>
      <p class="hidden" role="status">
        ${actions.moved && `It is now ${momentText(actions.moved, me.zone, actions.moved)}`}
      </p>
      <div class="trouble" role="alert">${trouble}</div>
      ${messageList}
      <${Composer}
        key=${`composer-${route.as}`}
        as=${me.id}
        label=${`Message ${place.direct ? place.name : title}`}
        text=${actions.draft}
        busy=${actions.busy}
        input=${input}
        setText=${actions.setDraft}
        send=${actions.send}
      />
      ${
        form &&
        html`
          <${FormDialog}
            key=${form.id}
            form=${form}
            close=${actions.closeForm}
            done=${actions.formDone}
          />
        `
      }
    </main>
  `;
}

/** How far each button moves the clock. `advance` is shown where there is little room. */
const steps = [
  { advance: '1h', unit: 'hour' },
  { advance: '1d', unit: 'day' },
  { advance: '1w', unit: 'week' },
];

interface ClockBarProps {
  moving: boolean;
  advance: (by: string) => void;
}

/** The playground's clock, and buttons that move it forward. */
function ClockBar({ moving, advance }: ClockBarProps) {
  const { me, state } = usePageContext();
  return html`
    <div class="clock" role="group" aria-label="The clock" aria-busy=${moving}>
      <time datetime=${state.now} title=${me.zone}>${momentText(state.now, me.zone, state.now)}</time>
      ${steps.map(
        (step) => html`
          <button
            type="button"
            class="button"
            aria-disabled=${moving ? 'true' : null}
            onClick=${() => !moving && advance(step.advance)}
          >
            <span class="long">+1 ${step.unit}</span>
            <span class="short">+${step.advance}<span class="hidden"> (1 ${step.unit})</span></span>
            <span class="hidden"> on the clock</span>
          </button>
        `,
      )}
    </div>
  `;
}
