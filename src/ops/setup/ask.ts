import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Whoever answers went away before the end. */
export class Stopped extends Error {
  constructor() {
    super('\nStopped. Nothing was written.');
    this.name = 'Stopped';
  }
}

/** A conversation in a terminal, or with a file of answers, one to a line. */
export interface Ask {
  say(text: string): void;
  /** @returns what was typed, without spaces around it. @param hidden it does not show: a secret. @throws Stopped */
  line(question: string, hidden?: boolean): Promise<string>;
  /** @throws Stopped */
  yes(question: string, fallback: boolean): Promise<boolean>;
  end(): void;
}

/** Asks on the terminal. Ctrl+C ends the process at once. */
export function openAsk(): Ask {
  const { stdin, stdout } = process;
  let isHidden = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) stdout.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: stdin, output, terminal: stdin.isTTY === true });
  lines.on('SIGINT', () => {
    console.error(new Stopped().message);
    process.exit(1);
  });
  const typed = lines[Symbol.asyncIterator]();

  async function line(question: string, hidden = false): Promise<string> {
    lines.setPrompt(`${question} `);
    lines.prompt();
    isHidden = hidden;
    const { value, done } = await typed.next();
    // The end of the line was hidden too; and a file of answers shows none.
    if (hidden || !stdin.isTTY) stdout.write('\n');
    isHidden = false;
    if (done) throw new Stopped();
    return value.trim();
  }

  return {
    say: (text) => console.log(text),
    line,
    async yes(question, fallback) {
      for (;;) {
        const answer = await line(`${question} [${fallback ? 'Y/n' : 'y/N'}]`);
        if (answer === '') return fallback;
        if (/^(y|yes|n|no)$/i.test(answer)) return /^y/i.test(answer);
        console.log('Please answer y or n.');
      }
    },
    end: () => lines.close(),
  };
}
