import { type Day, dayText } from '../../dates/day.ts';

/** A promise on a sheet. */
interface SheetItem {
  title: string;
  partner: string | null;
  dueDay: Day | null;
}

/** What is on somebody's sheet. */
export interface Sheet {
  partnership: string;
  name: string;
  today: Day;
  todo: readonly SheetItem[];
  /** What partners have promised, and they keep an eye on. */
  awaited: readonly SheetItem[];
  /** What they were asked to take on. */
  asked: readonly SheetItem[];
  /** The names of the partners that they lead. */
  led: readonly string[];
  /** Whom to ring with a question; null: nobody is named. */
  ring: string | null;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text inside an element. Quotation marks stay, so that an erasure finds a name such as O'Brien. */
const escaped = (text: string): string => text.replace(/[&<>]/g, (mark) => ENTITIES[mark] ?? mark);

const STYLE =
  'body{font:22pt/1.5 Arial,sans-serif;color:#000;background:#fff;max-width:34em;margin:2em auto;padding:0 1em}' +
  'h1{font-size:30pt;margin:0}h2{font-size:24pt;margin:1.2em 0 .3em}ul{padding-left:1.2em}' +
  'li{margin-bottom:.5em;break-inside:avoid}@page{margin:2cm}';

/** A page in large type, which a browser prints. It loads nothing from elsewhere. */
export function sheetPage(sheet: Sheet): string {
  const { partnership, name, today, todo, awaited, asked, led, ring } = sheet;
  const itemText = ({ title, partner, dueDay }: SheetItem) =>
    `${title}${partner ? ` (${partner})` : ''}${dueDay ? `, by ${dayText(dueDay, today)}` : ''}`;
  const parts = [
    ...listed('What you said you would do', todo.map(itemText)),
    ...listed('Would you do this? Please say yes or no', asked.map(itemText)),
    ...listed('What others promised, and you keep an eye on', awaited.map(itemText)),
    ...listed('Partners you keep in touch with', led),
  ];
  const body = parts.length > 0 ? parts : ['<p>Nothing is waiting for you. Enjoy the day.</p>'];
  const question = ring
    ? `<p>Any questions? Ring ${escaped(ring)}: ______________________</p>`
    : '';
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<title>${escaped(name)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escaped(name)}</h1>`,
    `<p>${escaped(partnership)}, ${dayText(today)}</p>`,
    ...body,
    question,
    '</body></html>',
    '',
  ].join('\n');
}

function listed(title: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const rows = items.map((text) => `<li>${escaped(text)}</li>`);
  return [`<h2>${title}</h2>`, '<ul>', ...rows, '</ul>'];
}
