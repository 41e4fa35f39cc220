/** A double's time, and those who wait for something to happen in it. */
export class ObservableWorld {
  readonly #name: string;
  #ahead = 0;
  #watchers = new Set<() => void>();

  constructor(name: string) {
    this.#name = name;
  }

  /** Its time, in ms. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves its time forward: what it handed out grows old. */
  pass(ms: number): void {
    this.#ahead += ms;
    this.changed();
  }

  /** Tells those who wait that something has changed. */
  changed(): void {
    for (const look of [...this.#watchers]) look();
  }

  /** The first value that `find` gives, now, after a change or a moment later; throws after `ms` (default 4,000). */
  until<T>(what: string, find: () => T | undefined, ms = 4000): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(timer);
        clearInterval(again);
        this.#watchers.delete(look);
      };
      const look = () => {
        const found = find();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`${this.#name} waited ${ms} ms in vain for ${what}.`));
      }, ms);
      const again = setInterval(look, 20);
      this.#watchers.add(look);
      look();
    });
  }
}
