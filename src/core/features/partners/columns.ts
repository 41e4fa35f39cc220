/** The columns a list of partners may have; `name` it must have. */
export const columns = [
  'name',
  'aliases',
  'level',
  'sector',
  'kinds',
  'lastcontact',
  'lead',
  'every',
] as const;
export type Column = (typeof columns)[number];

/** What else people call them, written as headers are compared: in lower case, letters alone. */
const synonyms: { readonly [header: string]: Column } = {
  partner: 'name',
  organisation: 'name',
  organization: 'name',
  alias: 'aliases',
  othernames: 'aliases',
  alsoknownas: 'aliases',
  kind: 'kinds',
  lastcontacted: 'lastcontact',
};

/** @returns the column a header names, whatever its case, spaces and underscores. */
export function columnOf(header: string): Column | undefined {
  const key = header.toLowerCase().replace(/[^a-z]/g, '');
  return columns.find((column) => column === key) ?? synonyms[key];
}
