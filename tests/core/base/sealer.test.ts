import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealer, UnsealError } from '../../../src/core/base/sealer.ts';

const key = () => randomBytes(32);
const as = { tenant: 'T1', field: 'botToken' };

describe('a sealed text', () => {
  it('opens as what it was sealed as, and shows nothing of what it holds', () => {
    const { seal, open } = sealer([key()]);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, tenant, field) => {
        expect(open(seal(text, { tenant, field }), { tenant, field })).toBe(text);
      }),
    );
    const sealed = seal('xoxb-canary', as);
    expect(sealed).not.toContain('canary');
    expect(sealed).toMatch(/^[\w.-]+$/);
    expect(seal('xoxb-canary', as)).not.toBe(sealed);
  });

  it('does not open for another tenant or as another field', () => {
    const { seal, open } = sealer([key()]);
    const sealed = seal('secret', as);
    expect(() => open(sealed, { ...as, tenant: 'T2' })).toThrow(UnsealError);
    expect(() => open(sealed, { ...as, field: 'refreshToken' })).toThrow(UnsealError);
    // Moving a letter from one part of the context to the other makes another context.
    expect(() =>
      open(seal('x', { tenant: 'a', field: 'bc' }), { tenant: 'ab', field: 'c' }),
    ).toThrow(UnsealError);
  });

  it('does not open once any character of it was changed', () => {
    const { seal, open } = sealer([key()]);
    const sealed = seal('secret', as);
    for (const [index, character] of [...sealed].entries()) {
      const other = character === 'A' ? 'Q' : 'A';
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
      expect(() => open(changed, as)).toThrow(UnsealError);
    }
    for (const other of ['', 'secret', sealed.slice(0, -4), `${sealed}.`, `${sealed}=`, 's1..']) {
      expect(() => open(other, as)).toThrow(UnsealError);
    }
  });

  it('opens with an older key, is sealed with the newest, and says when its key is gone', () => {
    const [older, newer] = [key(), key()];
    const before = sealer([older]).seal('secret', as);
    const both = sealer([newer, older]);
    expect(both.open(before, as)).toBe('secret');
    expect(both.isCurrent(before)).toBe(false);
    const after = both.seal('secret', as);
    expect(both.isCurrent(after)).toBe(true);
    expect(sealer([newer]).open(after, as)).toBe('secret');
    expect(() => sealer([newer]).open(before, as)).toThrow(/SECRET_KEY does not hold any more/);
  });
});

it('a sealer has keys of 32 bytes, one at least', () => {
  expect(() => sealer([])).toThrow('32 bytes');
  expect(() => sealer([key(), randomBytes(16)])).toThrow('32 bytes');
});
