/** A number of bytes for people to read, such as `2.1 MB`. */
export function formatMegabytes(bytes: number): string {
  const whole = bytes / 1_000_000;
  return `${whole < 10 ? Math.ceil(whole * 10) / 10 : Math.round(whole).toLocaleString('en')} MB`;
}
