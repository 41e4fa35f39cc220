import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CompletionView } from '../wire.ts';
import { api } from './api.ts';
import { html } from './html.ts';

const MAX_ROWS = 8;
const NONE = -1;

interface ComposerProps {
  as: string;
  label: string;
  text: string;
  busy: boolean;
  input: RefObject<HTMLTextAreaElement>;
  setText: (text: string) => void;
  send: () => void;
}

/**
 * The message box. Enter sends, Shift and Enter start a new line; arrows, Tab and Escape work the suggestions. After a
 * suggestion is taken, Tab leaves the box until more is typed.
 */
export function Composer({ as, label, text, busy, input, setText, send }: ComposerProps) {
  const [closedFor, setClosedFor] = useState<string>();
  const { found, isCurrent } = useCompletions(as, text, closedFor === text);
  const [active, setActive] = useState(NONE);
  /** The line that the last suggestion made. */
  const [taken, setTaken] = useState<string>();
  /** The line whose first suggestion is to be taken when it comes: Tab was pressed while older ones were shown. */
  const [awaitedFor, setAwaitedFor] = useState<string>();
  const open = found.length > 0;

  useEffect(() => setActive(NONE), [found, text]);
  useEffect(() => {
    const [first] = found;
    if (isCurrent && awaitedFor === text && first) take(first);
  }, [found, isCurrent]);
  useEffect(() => {
    if (active !== NONE)
      document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const take = (completion: CompletionView) => {
    setText(completion.line);
    setTaken(completion.line);
    setActive(NONE);
    input.current?.focus();
  };
  const move = (by: number) => {
    const count = found.length + 1;
    // One step past either end no suggestion is active, and Enter sends again.
    setActive(((active + 1 + by + count) % count) - 1);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    const chosen = found[active];
    const act = () => {
      if (open && plain && event.key === 'ArrowDown') return move(1);
      if (open && plain && event.key === 'ArrowUp') return move(-1);
      if (open && plain && event.key === 'Tab') {
        if (text === taken && !chosen) return false;
        const completion = chosen ?? found[0];
        return isCurrent && completion ? take(completion) : setAwaitedFor(text);
      }
      if (open && event.key === 'Escape') return setClosedFor(text);
      if (event.key === 'Enter' && !event.shiftKey)
        return chosen && isCurrent ? take(chosen) : send();
      return false;
    };
    if (act() !== false) event.preventDefault();
  };

  const submit = (event: Event) => {
    event.preventDefault();
    send();
    input.current?.focus();
  };
  const rows = Math.min(MAX_ROWS, text.split('\n').length);
  return html`
    <form class="composer" onSubmit=${submit}>
      <${Suggestions} found=${found} active=${active} take=${take} />
      <div class="box">
        <textarea
          id="composer"
          ref=${input}
          rows=${rows}
          value=${text}
          placeholder=${label}
          aria-label=${label}
          aria-describedby="composer-hint"
          aria-autocomplete="list"
          aria-controls=${LIST_ID}
          aria-activedescendant=${active === NONE ? null : optionId(active)}
          autocomplete="off"
          spellcheck="true"
          enterkeyhint="send"
          onInput=${(event: InputEvent) => setText((event.currentTarget as HTMLTextAreaElement).value)}
          onKeyDown=${onKeyDown}
          onBlur=${() => setClosedFor(text)}
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

const TYPING_PAUSE_MS = 80;

/** A longer line is not completed any more. */
const MAX_COMPLETED_LENGTH = 1000;

interface Completions {
  found: readonly CompletionView[];
  /** Whether they belong to the line as it is now; false while newer ones are on their way. */
  isCurrent: boolean;
}

const NO_COMPLETIONS: readonly CompletionView[] = [];

/**
 * Suggestions for the line being typed; none for an empty line, or while `off`. Older ones stay until newer ones come,
 * so that the list does not flicker.
 */
function useCompletions(as: string, line: string, off: boolean): Completions {
  const [{ found, forLine }, setFound] = useState({ found: NO_COMPLETIONS, forLine: '' });
  const wanted =
    !off && line.trim() !== '' && line.length <= MAX_COMPLETED_LENGTH && !line.includes('\n');

  useEffect(() => {
    if (!wanted) {
      setFound({ found: NO_COMPLETIONS, forLine: line });
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.complete(as, line, stop.signal).then(
        (completions) =>
          setFound({ found: completions.filter((each) => each.line !== line), forLine: line }),
        () => {
          // Without suggestions one can still type.
        },
      );
    }, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [as, line, wanted]);

  return { found: wanted ? found : NO_COMPLETIONS, isCurrent: forLine === line };
}

const LIST_ID = 'suggestions';

/** The id of one suggestion, for `aria-activedescendant`. */
const optionId = (index: number): string => `${LIST_ID}-${index}`;

interface SuggestionsProps {
  found: readonly CompletionView[];
  active: number;
  take: (completion: CompletionView) => void;
}

/** The list above the composer. The focus stays in the composer, which names the active suggestion. */
function Suggestions({ found, active, take }: SuggestionsProps) {
  return html`
    <ul id=${LIST_ID} class="suggestions" role="listbox" aria-label="Suggestions" hidden=${found.length === 0}>
      ${found.map(
        (completion, index) => html`
          <li
            key=${completion.line}
            id=${optionId(index)}
            role="option"
            aria-selected=${index === active ? 'true' : 'false'}
            onMouseDown=${(event: MouseEvent) => event.preventDefault()}
            onClick=${() => take(completion)}
          >
            <strong>${completion.label}</strong>
            <span>${completion.summary}</span>
          </li>
        `,
      )}
    </ul>
  `;
}
