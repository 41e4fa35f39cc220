import { members, zoneOf } from '../../core/domain/members/member.ts';
import { partnerships } from '../../core/domain/partnerships/partnership.ts';
import type { Profile } from '../../core/message/invocation.ts';
import type { Stores } from '../../core/ports/store.ts';

/** A made-up member that one can speak as. */
export interface PretendMember {
  /** The id of their member row. */
  id: string;
  name: string;
  role: string;
  /** Their user id in the playground's workspace. */
  user: string;
}

/** A pretend member with what the partnership says of them now. */
export interface User extends PretendMember {
  /** IANA name. */
  zone: string;
}

/** What the playground says of a pretend member: it knows no guests, and nobody leaves it. */
export function profileOf({ name }: Pick<PretendMember, 'name'>): Profile {
  return { name, zone: null, standing: 'full' };
}

export interface Users {
  /** The partnership's name. */
  partnership(): string;
  /** The partnership's zone. */
  zone(): string;
  all(): readonly User[];
  /** Reads names, roles and zones again, since commands may have changed them. */
  refresh(): Promise<void>;
}

/** Keeps the pretend members in memory. */
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
      all = pretend.map((member, index) => {
        const row = rows[index];
        return {
          ...member,
          name: row?.name ?? member.name,
          role: row?.role ?? member.role,
          zone: zoneOf(row, { zone }),
        };
      });
    },
  };
}
