/**
 * The parts of each partner that has any, by its id. A merge can have made a partner part of itself: then it is no part.
 * @param current leads from the id of a merged partner to the one that stayed
 */
export function partsByWhole<T extends { partOf?: string | undefined; id: string }>(
  partners: readonly T[],
  current: (id: string) => T | undefined,
): ReadonlyMap<string, readonly T[]> {
  const parts = new Map<string, T[]>();
  for (const partner of partners) {
    const whole = partner.partOf === undefined ? undefined : current(partner.partOf);
    if (whole && whole !== partner) push(parts, whole.id, partner);
  }
  return parts;
}

/** The people who are or were at each partner, by its id. @param current as above */
export function peopleByPartner<T extends { positions: readonly { partner: string }[] }>(
  people: readonly T[],
  current: (id: string) => { id: string } | undefined,
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const person of people) {
    const ids = person.positions.map(({ partner }) => current(partner)?.id ?? partner);
    for (const id of new Set(ids)) push(found, id, person);
  }
  return found;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Makes a value when it is first asked for. A directory is made again after each change of a name. */
export function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
