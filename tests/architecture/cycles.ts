import type { Source } from './source.ts';

/** The rings of files that import each other, be it only for a type; each ends with the file it began with. */
export function cyclesIn(house: readonly Source[]): readonly (readonly string[])[] {
  const files = new Map(house.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[][] = [];

  function walk(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    for (const { to } of files.get(path)?.imports ?? []) {
      if (files.has(to)) walk(to, [...trail, path]);
    }
    done.add(path);
  }

  for (const path of files.keys()) walk(path, []);
  return cycles;
}
