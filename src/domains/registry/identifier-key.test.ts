import { describe, expect, it } from 'vitest';
import { controlDigit, isSiren, isSiret } from './identifier-key.ts';

describe('the control digit', () => {
  it.each(['356000000', '216204982', '732829320'])('accepts the SIREN %s', (siren) => expect(isSiren(siren)).toBe(true));
  it.each(['123456789', '987654321', '73282932', '7328293200', '73282932A'])('refuses %s as a SIREN', (siren) => expect(isSiren(siren)).toBe(false));
  it('accepts a right SIRET, and those of the post offices, which follow another sum', () => {
    expect(isSiret('73282932000074')).toBe(true);
    expect(isSiret('12345678900011')).toBe(false);
    expect(isSiret('35600000000048')).toBe(true);
    expect(isSiret('35600000009075')).toBe(true);
    expect(isSiret('35600000009076')).toBe(false);
  });
  it('finds the digit that completes a number, and refuses each of the nine others', () => {
    const right = controlDigit('73282932');
    for (let digit = 0; digit < 10; digit++) expect(isSiren(`73282932${digit}`)).toBe(digit === right);
  });
});
