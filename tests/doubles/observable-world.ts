/** The state of a double: it has a time of its own, and tests can wait for a change. */
export class ObservableWorld {
  readonly #name: string;
  #ahead = 0;
  #watchers = new Set<() => void>();

  constructor(name: string) {
    this.#name = name;
  }

  /** The double's time (ms since 1970 UTC). */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves the time forward, so that tokens and triggers expire. */
  pass(ms: number): void {
    this.#ahead += ms;
    this.changed();
  }

  /** Says that something has changed, for tests that wait. */
  changed(): void {
    for (const look of [...this.#watchers]) look();
  }

  /** Waits until `find` returns a value: tries now, after every change and every 20 ms. Throws after `ms` (default 4,000). */
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
