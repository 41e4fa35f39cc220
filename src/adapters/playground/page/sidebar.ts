import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.ts';
import { People } from './people.ts';
import { Places } from './places.ts';
import { useScene } from './scene.ts';
import type { Seen } from './seen.ts';
import type { Spot } from './spot.ts';
import { StartAfresh } from './start-afresh.ts';

interface SidebarProps {
  spot: Spot;
  seen: Seen;
  /** Whether it is drawn over the page, on a phone. */
  open: boolean;
  close: () => void;
  goTo: (spot: Spot) => void;
  startAfresh: () => Promise<void>;
}

/** Whose playground it is, who one speaks as, and where one can be. */
export function Sidebar({ spot, seen, open, close, goTo, startAfresh }: SidebarProps) {
  const { state } = useScene();
  const sidebar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) sidebar.current?.querySelector<HTMLElement>('input:checked')?.focus();
  }, [open]);
  return html`
    <div id="sidebar" ref=${sidebar} class=${open ? 'sidebar open' : 'sidebar'}>
      <button type="button" class="icon close" aria-label="Close" onClick=${close}>
        <span aria-hidden="true">✕</span>
      </button>
      <p class="workspace"><strong>${state.partnership || 'Convenor'}</strong><span>Playground</span></p>
      <${People} seen=${seen} speakAs=${(as: string) => goTo({ ...spot, as })} />
      <${Places}
        current=${spot.place}
        seen=${seen}
        goTo=${(place: string) => goTo({ ...spot, place })}
      />
      <${StartAfresh} startAfresh=${startAfresh} />
    </div>
  `;
}
