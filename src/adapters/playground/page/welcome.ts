import type { PlaceView } from '../wire.ts';
import { html } from './html.ts';
import { usePageContext } from './page-context.ts';

const SUGGESTIONS: Record<string, readonly { line: string; what: string }[]> = {
  member: [
    { line: 'log the shores centre ', what: 'Note a conversation you had' },
    { line: 'partner show withernsea high school', what: 'See the story with a partner' },
    { line: 'help', what: 'See what else I can do' },
  ],
  worker: [
    { line: 'today', what: 'See what is yours to do' },
    { line: 'quiet', what: 'See which relationships have gone quiet' },
    { line: 'log groundwork uk ', what: 'Note a conversation you had' },
  ],
  coordinator: [
    { line: 'digest preview', what: 'See what the weekly digest will say' },
    { line: 'quiet', what: 'See which relationships have gone quiet' },
    { line: 'partner add ', what: 'Add a partner' },
  ],
};

/** Shown in a place without messages: three things to try. */
export function Welcome({ place, fill }: { place: PlaceView; fill: (line: string) => void }) {
  const { me } = usePageContext();
  return html`
    <section class="welcome" aria-labelledby="welcome">
      <h2 id="welcome">${place.direct ? `Hello ${me.name}, I'm Convenor` : `This is #${place.name}`}</h2>
      <p>
        ${
          place.direct
            ? 'I help your partnership keep its relationships alive. Here you can try everything out: nothing leaves this machine.'
            : 'A channel that everybody is in. Ask me something here, or wait for what I post.'
        }
      </p>
      <p>Three things to try:</p>
      <ul>
        ${(SUGGESTIONS[me.role] ?? SUGGESTIONS.member ?? []).map(
          ({ line, what }) => html`
            <li>
              <button type="button" class="try" onClick=${() => fill(line)}>
                <span>${what}</span><code>${line.trim()}${line.endsWith(' ') ? '…' : ''}</code>
              </button>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}
