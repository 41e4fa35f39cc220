import { Badge } from './badge.ts';
import { html } from './html.ts';
import { useScene } from './scene.ts';
import { type Seen, unread } from './seen.ts';

interface PlacesProps {
  current: string;
  seen: Seen;
  goTo: (place: string) => void;
}

/** Channels and the direct message, with what is new in each. */
export function Places({ current, seen, goTo }: PlacesProps) {
  const { state, me } = useScene();
  const group = (direct: boolean, heading: string) => html`
    <h2>${heading}</h2>
    <ul>
      ${state.places
        .filter((place) => place.direct === direct)
        .map(({ id, name }) => {
          const count = id === current ? 0 : unread(seen, me, id);
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
