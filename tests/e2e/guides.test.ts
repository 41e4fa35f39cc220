import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startFreshTry, type TryProcess } from '../fixtures/try-process.ts';

/** The guides, who types their lines in the playground, and the part of the page with the lines. */
const guides = [
  ['README.md', 'maya', /^## A short tour$.*?(?=^You don't have to)/ms],
  ['docs/members.md', 'maya', /.+/s],
  ['docs/workers.md', 'tom', /.+/s],
  ['docs/coordinators.md', 'grace', /.+/s],
] as const;

let convenor: TryProcess;

beforeAll(async () => {
  convenor = await startFreshTry();
});

afterAll(() => convenor?.stop());

it.each(guides)('every line in %s works as it is written, for %s', async (page, who, part) => {
  await convenor.post('afresh', {});
  const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8');
  const lines = linesIn(part.exec(text)?.[0] ?? '');
  expect(lines.length).toBeGreaterThan(10);
  for (const { line, answer } of lines) {
    const { text, reply } = await convenor.say(who, line, 'dm');
    const labels = reply.buttons.map(({ label }) => label);
    expect(labels, line).not.toContain('Fix');
    expect(text, line).not.toMatch(/Nothing has changed|don't know|can't find|did you mean/);
    expect(reply.form?.fields.filter(({ problem }) => problem) ?? [], line).toEqual([]);
    if (!answer) continue;
    expect(undated(text.replaceAll('\n', ' ')), line).toBe(undated(answer.text));
    expect(labels, line).toEqual(answer.buttons);
  }
});

interface Line {
  line: string;
  /** The answer that the page shows. */
  answer?: { text: string; buttons: string[] };
}

/** Reads a page: each line of code is typed, and a quotation after a block is the answer. */
function linesIn(page: string): Line[] {
  const code = /^```\n(?<block>.+)\n```(?:\n> (?<answer>.+))?$|`(?<span>[^`\n]+)`/gm;
  return [...page.matchAll(code)].map(({ groups: { block, answer, span } = {} }) => {
    const line = (block ?? span ?? '').replace(/^\/convenor ?/, '').replace(/^\//, '');
    return { line, ...(answer && { answer: read(answer) }) };
  });
}

function read(answer: string): { text: string; buttons: string[] } {
  const buttons = [...answer.matchAll(/\[([^\]]+)\]/g)].map(([, label = '']) => label);
  return { text: answer.replaceAll('**', '').replace(/( \[[^\]]+\])+$/, ''), buttons };
}

/** The words without dates, so that they are the same on every day. */
function undated(text: string): string {
  return text.replace(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}( \d{4})?/g, 'a day');
}
