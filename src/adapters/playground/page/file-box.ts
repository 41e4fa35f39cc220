import { html } from './html.ts';

interface FileBoxProps {
  common: { id: string };
  value: string;
  change: (value: string) => void;
}

/** A file's text: typed or pasted, or read from a file that is chosen. */
export function FileBox({ common, value, change }: FileBoxProps) {
  const onInput = (event: Event) => change((event.currentTarget as HTMLTextAreaElement).value);
  const onChoose = async (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    if (file) change(await file.text());
  };
  const chooser = `${common.id}-file`;
  return html`
    <textarea ...${common} rows="6" class="file" value=${value} onInput=${onInput}></textarea>
    <p class="chooser">
      <label for=${chooser}>or choose a file</label>
      <input id=${chooser} type="file" accept=".csv,.txt,text/*" onChange=${onChoose} />
    </p>
  `;
}
