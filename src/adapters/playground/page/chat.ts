import { useEffect, useRef } from 'preact/hooks';
import type { PlaceView } from '../wire.ts';
import { ClockBar } from './clock-bar.ts';
import { Composer } from './composer.ts';
import { FormDialog } from './form-dialog.ts';
import { momentText } from './format.ts';
import { html } from './html.ts';
import { Log } from './log.ts';
import { useScene } from './scene.ts';
import { keyOf } from './spot.ts';
import type { usePlayground } from './use-playground.ts';
import type { useTasks } from './use-tasks.ts';
import { Welcome } from './welcome.ts';

interface ChatProps {
  playground: ReturnType<typeof usePlayground>;
  tasks: ReturnType<typeof useTasks>;
  place: PlaceView;
  trouble: string;
  /** Whether the sidebar lies over it, on a phone. */
  drawer: boolean;
  openDrawer: () => void;
}

/** One place: what it is, the clock, what was said there, and where one types. */
export function Chat({ playground, tasks, place, trouble, drawer, openDrawer }: ChatProps) {
  const { me } = useScene();
  const { spot, messages } = playground;
  const box = useRef<HTMLTextAreaElement>(null);
  const drafts = useRef(new Map<string, Record<string, string>>());
  const title = place.direct ? place.name : `#${place.name}`;
  const { form } = tasks;

  const here = useRef(spot.place);
  useEffect(() => {
    document.title = `${title} – ${me.name} – Convenor playground`;
    // Having gone somewhere, one types there; on a touch screen that would raise the keyboard over half of it.
    if (here.current !== spot.place && matchMedia('(pointer: fine)').matches) box.current?.focus();
    here.current = spot.place;
  }, [title, me.name, spot.place]);

  const fill = (line: string) => {
    tasks.setDraft(line);
    box.current?.focus();
  };
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
        <${ClockBar} moving=${tasks.moving} advance=${tasks.advance} />
      </header>
      <p class="hidden" role="status">
        ${tasks.moved && `It is now ${momentText(tasks.moved, me.zone, tasks.moved)}`}
      </p>
      <div class="trouble" role="alert">${trouble}</div>
      <${Log}
        key=${keyOf(spot)}
        label=${`Messages in ${title}`}
        messages=${messages ?? []}
        pending=${tasks.pending}
        press=${tasks.press}
        openForm=${tasks.openForm}
        empty=${messages?.length === 0 && html`<${Welcome} place=${place} fill=${fill} />`}
      />
      <${Composer}
        key=${`composer-${spot.as}`}
        as=${me.id}
        label=${`Message ${place.direct ? place.name : title}`}
        text=${tasks.draft}
        busy=${tasks.busy}
        box=${box}
        setText=${tasks.setDraft}
        send=${tasks.send}
      />
      ${
        form &&
        html`
          <${FormDialog}
            key=${form.id}
            form=${form}
            draft=${drafts.current.get(form.id)}
            keepDraft=${(values: Record<string, string>) => drafts.current.set(form.id, values)}
            close=${tasks.closeForm}
            done=${() => {
              drafts.current.delete(form.id);
              tasks.formDone();
            }}
          />
        `
      }
    </main>
  `;
}
