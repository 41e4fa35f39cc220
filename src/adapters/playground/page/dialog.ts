import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { html } from './html.ts';

interface DialogProps {
  title: string;
  close: () => void;
  children?: ComponentChildren;
}

/** A window over the page. The browser keeps the keyboard inside it, and gives it back to where it was. */
export function Dialog({ title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  const heading = useId();

  // Before any effect of what is inside, so that it may put the keyboard where it belongs.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      gone.current = true;
      element?.close();
    };
  }, []);

  // Escape closes it without asking us: then the page has to know.
  const onClose = () => {
    if (!gone.current) close();
  };
  return html`
    <dialog ref=${dialog} aria-labelledby=${heading} onClose=${onClose}>
      <header>
        <h2 id=${heading}>${title}</h2>
        <button type="button" class="icon" aria-label="Close" onClick=${close}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      ${children}
    </dialog>
  `;
}
