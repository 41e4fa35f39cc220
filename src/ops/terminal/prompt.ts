import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The input ended, or the person stopped, before the last answer. */
export class Cancelled extends Error {
  constructor() {
    super('\nStopped. Nothing was written.');
    this.name = 'Cancelled';
  }
}

/** Questions and answers in a terminal, or with a file of answers, one to a line. */
export interface Prompt {
  say(text: string): void;
  /**
   * Asks for a line of text.
   * @param hidden the answer is a secret, and does not show.
   * @returns the answer, trimmed.
   * @throws Cancelled
   */
  ask(question: string, hidden?: boolean): Promise<string>;
  /** Asks for yes or no. @param fallback taken when nothing is typed. @throws Cancelled */
  confirm(question: string, fallback: boolean): Promise<boolean>;
  close(): void;
}

/** Opens the terminal for questions. Ctrl+C ends the process. */
export function openPrompt(): Prompt {
  const { stdin, stdout } = process;
  let isHidden = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) stdout.write(chunk);
      done();
    },
  });
  const readline = createInterface({ input: stdin, output, terminal: stdin.isTTY === true });
  readline.on('SIGINT', () => {
    console.error(new Cancelled().message);
    process.exit(1);
  });
  const lines = readline[Symbol.asyncIterator]();

  async function ask(question: string, hidden = false): Promise<string> {
    readline.setPrompt(`${question} `);
    readline.prompt();
    isHidden = hidden;
    const { value, done } = await lines.next();
    // The line break was hidden too; a file of answers shows none.
    if (hidden || !stdin.isTTY) stdout.write('\n');
    isHidden = false;
    if (done) throw new Cancelled();
    return value.trim();
  }

  return {
    say: (text) => console.log(text),
    ask,
    async confirm(question, fallback) {
      for (;;) {
        const answer = await ask(`${question} [${fallback ? 'Y/n' : 'y/N'}]`);
        if (answer === '') return fallback;
        if (/^(y|yes|n|no)$/i.test(answer)) return /^y/i.test(answer);
        console.log('Please answer y or n.');
      }
    },
    close: () => readline.close(),
  };
}
