import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { closeOnBack } from './close-on-back.ts';
import { html } from './html.ts';

interface DialogProps {
  title: string;
  close: () => void;
  children?: ComponentChildren;
}

/** A modal dialog. The browser keeps the focus inside it, and puts it back afterwards. Its Back closes the dialog. */
export function Dialog({ title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isUnmounted = useRef(false);
  const heading = useId();
  const latestClose = useRef(close);
  latestClose.current = close;

  // A layout effect runs before the effects of the children, which may then set the focus.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    const stopListening = closeOnBack(() => latestClose.current());
    return () => {
      stopListening();
      isUnmounted.current = true;
      element?.close();
    };
  }, []);

  // Escape closes the dialog by itself: tell the page.
  const onClose = () => {
    if (!isUnmounted.current) close();
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
