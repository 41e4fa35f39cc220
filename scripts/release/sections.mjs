/** The sections of the changelog, by who reads them. A commit stands in the first of which it touches a file. */
export const sections = [
  {
    title: 'For everybody who uses it',
    touches: /^(src\/(core|jobs|adapters\/(slack|discord|web))\/|public\/)/,
  },
  {
    title: 'For whoever runs it',
    touches:
      /^(src\/|Dockerfile|compose|manifest|package(-lock)?\.json$|docs\/(install|scale|slack|discord)\.md$)/,
  },
  { title: 'In the documentation', touches: /^(docs\/|[A-Z]+\.md$)/ },
  { title: 'For engineers', touches: /^/ },
];

/** The section that a commit belongs to. */
export function sectionOf({ files }) {
  return (
    sections.find(({ touches }) => files.some((file) => touches.test(file))) ?? sections.at(-1)
  );
}
