import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CompletionView } from '../wire.ts';
import { html } from './html.ts';
import { LIST_ID, optionId, Suggestions } from './suggestions.ts';
import { useCompletions } from './use-completions.ts';

const MOST_ROWS = 8;
const NONE = -1;

interface ComposerProps {
  as: string;
  label: string;
  text: string;
  busy: boolean;
  box: RefObject<HTMLTextAreaElement>;
  setText: (text: string) => void;
  send: () => void;
}

/** Where one types. Enter sends, Shift and Enter make a new line; arrows, Tab and Escape work the suggestions. */
export function Composer({ as, label, text, busy, box, setText, send }: ComposerProps) {
  const [closedFor, setClosedFor] = useState<string>();
  const found = useCompletions(as, text, closedFor === text);
  const [active, setActive] = useState(NONE);
  const open = found.length > 0;

  useEffect(() => setActive(NONE), [found]);
  useEffect(() => {
    if (active !== NONE)
      document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const take = (completion: CompletionView) => {
    setText(completion.line);
    setActive(NONE);
    box.current?.focus();
  };
  const move = (by: number) => {
    const count = found.length + 1;
    // One more than there are: past either end, none is active and Enter sends again.
    setActive(((active + 1 + by + count) % count) - 1);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    const chosen = found[active];
    const act = () => {
      if (open && plain && event.key === 'ArrowDown') return move(1);
      if (open && plain && event.key === 'ArrowUp') return move(-1);
      if (open && plain && event.key === 'Tab' && (chosen ?? found[0])) {
        return take(chosen ?? (found[0] as CompletionView));
      }
      if (open && event.key === 'Escape') return setClosedFor(text);
      if (event.key === 'Enter' && !event.shiftKey) return chosen ? take(chosen) : send();
      return false;
    };
    if (act() !== false) event.preventDefault();
  };

  const submit = (event: Event) => {
    event.preventDefault();
    send();
    box.current?.focus();
  };
  const rows = Math.min(MOST_ROWS, text.split('\n').length);
  return html`
    <form class="composer" onSubmit=${submit}>
      <${Suggestions} found=${found} active=${active} take=${take} />
      <div class="box">
        <textarea
          id="composer"
          ref=${box}
          rows=${rows}
          value=${text}
          placeholder=${label}
          aria-label=${label}
          aria-describedby="composer-hint"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls=${LIST_ID}
          aria-activedescendant=${active === NONE ? null : optionId(active)}
          autocomplete="off"
          spellcheck="true"
          enterkeyhint="send"
          onInput=${(event: InputEvent) => setText((event.currentTarget as HTMLTextAreaElement).value)}
          onKeyDown=${onKeyDown}
        ></textarea>
        <button type="submit" class="send" aria-disabled=${busy ? 'true' : null}>
          <span class="hidden">Send</span><span aria-hidden="true">➤</span>
        </button>
      </div>
      <p id="composer-hint" class="hint">
        <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a new line, <kbd>Tab</kbd> takes a suggestion
      </p>
      <p class="hidden" role="status">${open ? countText(found.length) : ''}</p>
    </form>
  `;
}

function countText(count: number): string {
  return count === 1 ? '1 suggestion' : `${count} suggestions`;
}
