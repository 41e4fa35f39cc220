import { useState } from 'preact/hooks';
import { Dialog } from './dialog.ts';
import { html } from './html.ts';

/** Starts over with the sample, after asking. */
export function StartAfresh({ startAfresh }: { startAfresh: () => Promise<void> }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const close = () => setAsking(false);
  const go = async () => {
    if (busy) return;
    setBusy(true);
    await startAfresh();
    setBusy(false);
    close();
  };
  return html`
    <button type="button" class="afresh" onClick=${() => setAsking(true)}>Start afresh</button>
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
