import { Avatar } from './avatar.ts';
import { Badge } from './badge.ts';
import { html } from './html.ts';
import { useScene } from './scene.ts';
import { type Seen, unread } from './seen.ts';

/** The pretend members one can speak as. A badge shows that Convenor has written to one of the others. */
export function People({ seen, speakAs }: { seen: Seen; speakAs: (member: string) => void }) {
  const { state, me } = useScene();
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
            ${member.id !== me.id && html`<${Badge} count=${unread(seen, member, direct)} />`}
          </label>
        `,
      )}
    </fieldset>
  `;
}
