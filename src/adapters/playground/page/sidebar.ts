import { useEffect, useRef, useState } from 'preact/hooks';
import { Avatar } from './avatar.ts';
import { Badge } from './badge.ts';
import { Dialog } from './dialog.ts';
import { html } from './html.ts';
import { usePageContext } from './page-context.ts';
import { type ReadCounts, unreadCount } from './read-counts.ts';
import type { Route } from './route.ts';

interface SidebarProps {
  route: Route;
  readCounts: ReadCounts;
  /** Whether it covers the page, on a phone. */
  open: boolean;
  close: () => void;
  goTo: (route: Route) => void;
  reset: () => Promise<void>;
}

/** The partnership's name, the members one can speak as, the places, and the reset button. */
export function Sidebar({ route, readCounts, open, close, goTo, reset }: SidebarProps) {
  const { state } = usePageContext();
  const sidebar = useRef<HTMLElement>(null);
  useEffect(() => {
    if (open) sidebar.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [open]);
  return html`
    <aside
      id="sidebar"
      ref=${sidebar}
      class=${open ? 'sidebar open' : 'sidebar'}
      aria-label="People and places"
    >
      <button type="button" class="icon close" aria-label="Close" onClick=${close}>
        <span aria-hidden="true">✕</span>
      </button>
      <p class="workspace"><strong>${state.partnership || 'Convenor'}</strong><span>Playground</span></p>
      <${MemberList} readCounts=${readCounts} speakAs=${(as: string) => goTo({ ...route, as })} />
      <${PlaceList}
        current=${route.place}
        readCounts=${readCounts}
        goTo=${(place: string) => goTo({ ...route, place })}
      />
      <${ResetButton} reset=${reset} />
    </aside>
  `;
}

/** The pretend members one can speak as. A badge shows that Convenor has written to another of them. */
function MemberList({
  readCounts,
  speakAs,
}: {
  readCounts: ReadCounts;
  speakAs: (member: string) => void;
}) {
  const { state, me } = usePageContext();
  const direct = state.places.find((place) => place.direct)?.id ?? '';
  return html`
    <fieldset class="people">
      <legend>Speak as</legend>
      ${state.members.map(
        (member) => html`
          <label>
            <input
              type="radio"
              name="as"
              value=${member.id}
              checked=${member.id === me.id}
              onChange=${() => speakAs(member.id)}
            />
            <${Avatar} name=${member.name} shade=${member.id} />
            <span class="who"><strong>${member.name}</strong> <span>${member.role}</span></span>
            ${member.id !== me.id && html`<${Badge} count=${unreadCount(readCounts, member, direct)} />`}
          </label>
        `,
      )}
    </fieldset>
  `;
}

interface PlaceListProps {
  current: string;
  readCounts: ReadCounts;
  goTo: (place: string) => void;
}

/** The channels and the direct message, with the number of new messages in each. */
function PlaceList({ current, readCounts, goTo }: PlaceListProps) {
  const { state, me } = usePageContext();
  const group = (direct: boolean, heading: string) => html`
    <h2>${heading}</h2>
    <ul>
      ${state.places
        .filter((place) => place.direct === direct)
        .map(({ id, name }) => {
          const count = id === current ? 0 : unreadCount(readCounts, me, id);
          return html`
            <li>
              <button
                type="button"
                class=${count > 0 ? 'place new' : 'place'}
                aria-current=${id === current ? 'page' : null}
                onClick=${() => goTo(id)}
              >
                <span aria-hidden="true">${direct ? '●' : '#'}</span>
                <span class="name">${name}</span>
                <${Badge} count=${count} />
              </button>
            </li>
          `;
        })}
    </ul>
  `;
  return html`
    <nav class="places" aria-label="Places">
      ${group(false, 'Channels')} ${group(true, 'Direct messages')}
    </nav>
  `;
}

/** Starts afresh with the sample, after asking. */
function ResetButton({ reset }: { reset: () => Promise<void> }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const close = () => setAsking(false);
  const go = async () => {
    if (busy) return;
    setBusy(true);
    await reset();
    setBusy(false);
    close();
  };
  return html`
    <button type="button" class="reset" onClick=${() => setAsking(true)}>Start afresh</button>
    ${
      asking &&
      html`
        <${Dialog} title="Start afresh?" close=${close}>
          <div class="questions" aria-busy=${busy}>
            <p>
              Everything said and noted here goes, the sample partnership comes back as it was, and
              the clock shows the real time again.
            </p>
            <footer>
              <button type="button" class="button" onClick=${close}>Keep everything</button>
              <button
                type="button"
                class="button danger"
                aria-disabled=${busy ? 'true' : null}
                onClick=${go}
              >
                ${busy ? 'Starting afresh…' : 'Start afresh'}
              </button>
            </footer>
          </div>
        <//>
      `
    }
  `;
}
