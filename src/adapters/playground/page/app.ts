import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Chat } from './chat.ts';
import { html } from './html.ts';
import { pageContext } from './page-context.ts';
import { Sidebar } from './sidebar.ts';
import { useActions } from './use-actions.ts';
import { usePlayground } from './use-playground.ts';

/** Moves the focus to the composer. Following the link would replace the route in the address. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('composer')?.focus();
}

export function App() {
  const playground = usePlayground();
  const { state, route, readCounts, goTo } = playground;
  const [drawer, setDrawer] = useState(false);
  const actions = useActions(playground);
  const me = state?.members.find((member) => member.id === route.as);
  const place = state?.places.find(({ id }) => id === route.place);
  const trouble = actions.trouble || playground.trouble;
  const closeDrawer = () => setDrawer(false);
  const wasOpen = useRef(false);
  useEffect(() => {
    // When the drawer closes, the focus goes back to the button that opened it.
    if (wasOpen.current && !drawer) document.getElementById('drawer')?.focus();
    wasOpen.current = drawer;
  }, [drawer]);
  useEffect(() => {
    // On a wide screen the sidebar is no drawer, and must not make the chat inert.
    const wide = matchMedia('(min-width: 48rem)');
    const onChange = () => wide.matches && setDrawer(false);
    wide.addEventListener('change', onChange);
    return () => wide.removeEventListener('change', onChange);
  }, []);
  // The same object as long as nothing changed: a new one would draw every message again.
  const context = useMemo(() => state && me && { state, me }, [state, me]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (drawer && event.key === 'Escape') closeDrawer();
  };

  if (!state || !me || !place) {
    return html`<p class="loading" role="status">${trouble || 'One moment…'}</p>`;
  }
  return html`
    <${pageContext.Provider} value=${context}>
      <a class="skip" href="#composer" onClick=${skip}>Skip to the message box</a>
      <div class="page" onKeyDown=${onKeyDown}>
        <${Sidebar}
          route=${route}
          readCounts=${readCounts}
          open=${drawer}
          close=${closeDrawer}
          goTo=${(next: typeof route) => {
            // After choosing a person one may still choose a place; after a place, one wants to see it.
            if (next.place !== route.place) setDrawer(false);
            goTo(next);
          }}
          reset=${actions.reset}
        />
        ${drawer && html`<div class="shade" onClick=${closeDrawer}></div>`}
        <${Chat}
          playground=${playground}
          actions=${actions}
          place=${place}
          trouble=${trouble}
          drawer=${drawer}
          openDrawer=${() => setDrawer(true)}
        />
      </div>
    <//>
  `;
}
