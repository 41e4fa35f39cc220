import { nameKey } from '../../names/match.ts';

/** Who goes by which name, as its own or as another one. */
export class Names<T> {
  readonly #own = new Map<string, T>();
  readonly #others = new Map<string, T>();

  add(name: string, aliases: readonly string[], item: T): void {
    this.#own.set(nameKey(name), item);
    for (const alias of aliases) this.#others.set(nameKey(alias), item);
  }

  /** Who is the same: it has this name, or this has its own name as another. */
  sameAs({ name, aliases }: { name: string; aliases: readonly string[] }): T | undefined {
    const asOther = aliases.map((alias) => this.#own.get(nameKey(alias)));
    return (
      this.#own.get(nameKey(name)) ??
      this.#others.get(nameKey(name)) ??
      asOther.find((item) => item !== undefined)
    );
  }

  hasOther(alias: string): boolean {
    return this.#others.has(nameKey(alias));
  }
}
