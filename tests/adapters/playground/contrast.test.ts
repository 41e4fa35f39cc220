import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../public/style.css', import.meta.url), 'utf8');
const [lightRules = '', darkRules = ''] = css.split(
  '@media screen and (prefers-color-scheme: dark)',
);

/** The colours declared in a piece of CSS, by name. */
function coloursIn(rules: string): Record<string, string> {
  const found = rules.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g);
  return Object.fromEntries([...found].map(([, name = '', colour = '']) => [name, colour]));
}

/** WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const light = coloursIn(lightRules);
const schemes = { light, dark: { ...light, ...coloursIn(darkRules) } };
const texts = [
  ['text', 'ground'],
  ['text', 'raised'],
  ['text', 'tint'],
  ['text', 'warm-tint'],
  ['quiet', 'ground'],
  ['quiet', 'raised'],
  ['quiet', 'tint'],
  ['accent', 'ground'],
  ['accent', 'raised'],
  ['accent', 'tint'],
  ['on-accent', 'accent'],
  ['danger', 'ground'],
  ['danger', 'danger-tint'],
  ['side-text', 'side'],
  ['side-text', 'side-hover'],
  ['side-quiet', 'side'],
  ['side-quiet', 'side-hover'],
  ['side-current-text', 'side-current'],
  ['badge-text', 'badge'],
] as const;
const edges = [
  ['edge', 'ground'],
  ['focus', 'ground'],
  ['danger', 'ground'],
  ['side-focus', 'side'],
] as const;

describe.each(Object.entries(schemes))('in the %s colours', (_, colours) => {
  it.each(texts)('%s can be read on %s', (text, ground) => {
    expect(contrast(colours[text] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
  it.each(edges)('%s can be seen on %s', (edge, ground) => {
    expect(contrast(colours[edge] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(3);
  });
});
