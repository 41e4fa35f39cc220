import { type Json, listOf, objectOf } from '../json.ts';

/** One component and its path. */
export interface Part {
  part: Json;
  path: readonly (string | number)[];
}

/** All components at any depth, in reading order. */
export function partsOf(
  components: unknown,
  path: readonly (string | number)[] = ['components'],
): Part[] {
  if (!Array.isArray(components)) return [];
  return components.flatMap((one, index) => {
    if (typeof one !== 'object' || one === null) return [];
    return partsFrom(one as Json, [...path, index]);
  });
}

function partsFrom(part: Json, path: readonly (string | number)[]): Part[] {
  const inner = (key: string) =>
    part[key] && typeof part[key] === 'object' ? partsFrom(part[key] as Json, [...path, key]) : [];
  return [
    { part, path },
    ...partsOf(part.components, [...path, 'components']),
    ...inner('accessory'),
    ...inner('component'),
  ];
}

/** The options of a menu, radio buttons or checkboxes. */
export const optionsOf = (part: Json): Json[] => listOf(objectOf(part).options);
