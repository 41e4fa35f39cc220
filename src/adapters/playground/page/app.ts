import { useEffect, useRef, useState } from 'preact/hooks';
import { Chat } from './chat.ts';
import { html } from './html.ts';
import { SceneContext } from './scene.ts';
import { Sidebar } from './sidebar.ts';
import { usePlayground } from './use-playground.ts';
import { useTasks } from './use-tasks.ts';

/** Goes to the composer without a trace in the address, which says who one is and where. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('composer')?.focus();
}

/** The whole page. */
export function App() {
  const playground = usePlayground();
  const { state, spot, seen, goTo } = playground;
  const [drawer, setDrawer] = useState(false);
  const tasks = useTasks(playground);
  const me = state?.members.find((member) => member.id === spot.as);
  const place = state?.places.find(({ id }) => id === spot.place);
  const trouble = tasks.trouble || playground.trouble;
  const closeDrawer = () => setDrawer(false);
  const wasOpen = useRef(false);
  useEffect(() => {
    // The keyboard goes back to where it opened the drawer, once the chat can be used again.
    if (wasOpen.current && !drawer) document.getElementById('drawer')?.focus();
    wasOpen.current = drawer;
  }, [drawer]);
  useEffect(() => {
    // Beside the chat it is no drawer: then it must not keep the chat from being used.
    const wide = matchMedia('(min-width: 48rem)');
    const onChange = () => wide.matches && setDrawer(false);
    wide.addEventListener('change', onChange);
    return () => wide.removeEventListener('change', onChange);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (drawer && event.key === 'Escape') closeDrawer();
  };

  if (!state || !me || !place) {
    return html`<p class="loading" role="status">${trouble || 'One moment…'}</p>`;
  }
  return html`
    <${SceneContext.Provider} value=${{ state, me }}>
      <a class="skip" href="#composer" onClick=${skip}>Skip to the message box</a>
      <div class="page" onKeyDown=${onKeyDown}>
        <${Sidebar}
          spot=${spot}
          seen=${seen}
          open=${drawer}
          close=${closeDrawer}
          goTo=${(next: typeof spot) => {
            // Another person may go on to choose a place; having chosen one, one wants to be there.
            if (next.place !== spot.place) setDrawer(false);
            goTo(next);
          }}
          startAfresh=${tasks.startAfresh}
        />
        ${drawer && html`<div class="shade" onClick=${closeDrawer}></div>`}
        <${Chat}
          playground=${playground}
          tasks=${tasks}
          place=${place}
          trouble=${trouble}
          drawer=${drawer}
          openDrawer=${() => setDrawer(true)}
        />
      </div>
    <//>
  `;
}
