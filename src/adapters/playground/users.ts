import { members } from '../../core/domain/members/member.ts';
import { zoneOf } from '../../core/domain/members/zone.ts';
import { partnerships } from '../../core/domain/partnerships/partnership.ts';
import type { Stores } from '../../core/ports/store.ts';

/** Somebody one can speak as. */
export interface PretendMember {
  /** The id of their member row. */
  id: string;
  name: string;
  role: string;
  /** Their user id in the playground's workspace. */
  user: string;
}

/** A pretend member as the partnership has them now. */
export interface User extends PretendMember {
  /** IANA name. */
  zone: string;
}

export interface Users {
  /** The partnership's name. */
  partnership(): string;
  /** The partnership's zone. */
  zone(): string;
  all(): readonly User[];
  /** Reads names, roles and zones again: commands may have changed them. */
  refresh(): Promise<void>;
}

/** The pretend members; what the partnership says of them is held in memory between reads of the page. */
export function usersOf(
  stores: Stores,
  partnership: string,
  pretend: readonly PretendMember[],
): Users {
  const store = stores.forPartnership(partnership);
  let name = '';
  let zone = 'UTC';
  let all: readonly User[] = [];
  return {
    partnership: () => name,
    zone: () => zone,
    all: () => all,
    async refresh() {
      const [tenant, ...rows] = await Promise.all([
        store.of(partnerships).get(partnership),
        ...pretend.map(({ id }) => store.of(members).get(id)),
      ]);
      name = tenant?.name ?? '';
      zone = tenant?.zone ?? 'UTC';
      all = pretend.map((person, index) => {
        const row = rows[index];
        return {
          ...person,
          name: row?.name ?? person.name,
          role: row?.role ?? person.role,
          zone: zoneOf(row, { zone }),
        };
      });
    },
  };
}
