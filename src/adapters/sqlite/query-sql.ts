import type { Bound, QueryPlan } from '../shared/store/query-plan.ts';
import type { Fields, Shape } from '../shared/store/shape.ts';
import type { SqlValue } from './binding.ts';
import { encodeScalar, READ_COLUMNS } from './row-codec.ts';
import { indexName, quoted } from './tables.ts';

/** A statement with its values. */
export interface Sql {
  sql: string;
  params: SqlValue[];
}

const OPERATORS: Record<Bound, string> = { from: '>=', after: '>', to: '<=', before: '<' };

/** Reads up to `limit` rows of a plan, in its order. @param after the last row of the page before. */
export function selectSql(
  shape: Shape,
  partnership: string | undefined,
  plan: QueryPlan,
  limit: number,
  after?: Fields,
): Sql {
  const { sql, params } = whereSql(partnership, plan);
  const behind = after ? behindSql(plan, after) : { sql: '', params: [] };
  const direction = plan.descending ? ' DESC' : '';
  const order = plan.order.map((field) => `${quoted(field)}${direction}`).join(', ');
  return {
    sql: `SELECT ${READ_COLUMNS.join(', ')} FROM ${from(shape, plan)} WHERE ${sql}${behind.sql} ORDER BY ${order} LIMIT ?`,
    params: [...params, ...behind.params, limit],
  };
}

/** Counts the rows of a plan. */
export function countSql(shape: Shape, partnership: string | undefined, plan: QueryPlan): Sql {
  const { sql, params } = whereSql(partnership, plan);
  return { sql: `SELECT count(*) FROM ${from(shape, plan)} WHERE ${sql}`, params };
}

/** The table, with the index that the query names. SQLite refuses a query that cannot use this index. */
function from(shape: Shape, { index }: QueryPlan): string {
  return `${quoted(shape.name)} INDEXED BY ${quoted(indexName(shape, index))}`;
}

function whereSql(partnership: string | undefined, { equal, range }: QueryPlan): Sql {
  const terms: string[] = [];
  const params: SqlValue[] = [];
  if (partnership !== undefined) {
    terms.push('partnership = ?');
    params.push(encodeScalar(partnership));
  }
  for (const { field, value } of equal) {
    const column = quoted(field);
    if (!Array.isArray(value)) {
      // `IS` finds NULL as a value, and uses the index as `=` does.
      terms.push(`${column} IS ?`);
      params.push(encodeScalar(value));
    } else {
      const values = value.filter((one) => one !== null).map(encodeScalar);
      const isIn = `${column} IN (${values.map(() => '?').join(', ')})`;
      terms.push(value.includes(null) ? `(${isIn} OR ${column} IS NULL)` : isIn);
      params.push(...values);
    }
  }
  for (const [bound, value] of range?.bounds ?? []) {
    terms.push(`${quoted((range as { field: string }).field)} ${OPERATORS[bound]} ?`);
    params.push(encodeScalar(value));
  }
  return { sql: terms.join(' AND ') || 'TRUE', params };
}

/** The condition for the rows after this one. Nulls sort first. */
function behindSql({ order, descending }: QueryPlan, row: Fields): Sql {
  const params: SqlValue[] = [];
  const alternatives = order.flatMap((field, depth) => {
    const equal = order.slice(0, depth).map((before) => `${quoted(before)} IS ?`);
    const beyond = beyondSql(field, row[field], descending);
    if (beyond === undefined) return [];
    params.push(...order.slice(0, depth).map((before) => encodeScalar(row[before])));
    if (beyond.includes('?')) params.push(encodeScalar(row[field]));
    return [`(${[...equal, beyond].join(' AND ')})`];
  });
  return { sql: ` AND (${alternatives.join(' OR ') || 'FALSE'})`, params };
}

function beyondSql(field: string, value: unknown, descending: boolean): string | undefined {
  const column = quoted(field);
  if (value === null) return descending ? undefined : `${column} IS NOT NULL`;
  return descending ? `(${column} < ? OR ${column} IS NULL)` : `${column} > ?`;
}
