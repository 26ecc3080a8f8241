/** The accounting export, by the faults that makers and people put in it. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../kernel/file-text.ts';
import { parseCents } from './cents.ts';
import { readFec } from './fec.ts';
import type { AccountsGuide } from './guides.ts';
import { readFileGuides } from './guides.server.ts';
import { linesOf } from './text.ts';

let guide: AccountsGuide;
beforeAll(async () => {
  guide = (await readFileGuides()).accounts;
});

const HEADER = 'JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise';
const line = (journal: string, entry: string, date: string, account: string, debit: string, credit: string): string => `${journal}|${journal}|${entry}|${date}|${account}|Compte ${account}|||P|${date}|texte|${debit}|${credit}|||${date}||`;
const read = (...lines: string[]) => readFec([{ name: 'a.txt', text: [HEADER, ...lines].join('\n') }], 2025, guide);
const must = (...lines: string[]) => {
  const reading = read(...lines);
  if (!reading.ok) throw new Error(reading.error.message);
  return reading.value;
};

describe('an accounting export', () => {
  it('gives one total per account, debit less credit, in cents', () => {
    const reading = must(line('AC', '1', '20250115', '606100', '100,10', '0,00'), line('AC', '1', '20250115', '401000', '0,00', '100,10'), line('AC', '2', '20250215', '606100', '', '0,05'), line('AC', '2', '20250215', '401000', '0,05', ''));
    expect(reading.accounts.map((a) => [a.number, a.cents, a.lines])).toEqual([['606100', 10_005, 2]]);
    expect(reading.imbalance).toBe(0);
    expect(reading.lines).toBe(4);
  });

  it('leaves the balances carried forward and the closing entry out, and says how many lines', () => {
    const reading = must(
      line('AN', '1', '20250101', '218300', '5000,00', '0'), line('AN', '1', '20250101', '606100', '7,00', '0'), line('AC', '2', '20250115', '606100', '100,00', '0'),
      line('OD', '9', '20251231', '606100', '0', '100,00'), line('OD', '9', '20251231', '120000', '100,00', '0'),
    );
    expect(reading.accounts.map((a) => [a.number, a.cents])).toEqual([['606100', 10_000]]);
    expect(reading.leftOut).toEqual({ closing: 1, opening: 1, otherYear: 0 });
    expect(reading.investment.cents).toBe(0);
  });

  it('names each line that cannot be read by its number, and counts the others', () => {
    const reading = must(line('AC', '1', '20250115', '606100', '100,00', '0'), 'trop|court', line('AC', '2', '20250115', '606100', 'cent euros', '0'), line('AC', '3', '20251332', '606100', '1', '0'));
    expect(reading.faults.map((f) => f.line)).toEqual([3, 4, 5]);
    expect(reading.faultCount).toBe(3);
    expect(JSON.stringify(reading.faults)).not.toContain('cent euros');
    expect(reading.accounts[0]!.cents).toBe(10_000);
  });

  it('is refused when it is something else, or of another year', () => {
    const other = readFec([{ name: 'b.csv', text: 'Nom;Prénom\nA;B' }], 2025, guide);
    expect(!other.ok && other.error.code).toBe('not_a_fec');
    const old = read(line('AC', '1', '20240115', '606100', '100,00', '0'));
    expect(!old.ok && old.error.code).toBe('no_line_of_the_year');
    expect(!old.ok && old.error.message).toContain('15/01/2024');
  });

  it('of an exercise astride two years gives the part of the year only, and says what it left', () => {
    const reading = must(line('AC', '1', '20240915', '606100', '40,00', '0'), line('AC', '2', '20250115', '606100', '60,00', '0'));
    expect(reading.accounts[0]!.cents).toBe(6000);
    expect(reading.leftOut.otherYear).toBe(1);
  });

  it('counts an asset bought, its credit note and works once, never a sale or a transfer', () => {
    const reading = must(
      line('AC', '1', '20250115', '606100', '1', '0'), line('AC', '2', '20250115', '218300', '1000', '0'), line('AC', '3', '20250120', '218300', '0', '200'), line('AC', '4', '20250120', '231000', '500', '0'),
      line('OD', '5', '20250601', '213000', '500', '0'), line('OD', '5', '20250601', '231000', '0', '500'), line('OD', '6', '20250701', '218300', '0', '700'), line('OD', '6', '20250701', '675000', '700', '0'),
    );
    expect(reading.investment.cents).toBe(130_000);
  });
});

describe('amounts', () => {
  it('are read in cents whatever the sign of decimals and groups', () => {
    expect(['1234,56', '1234.56', '1 234,5', '-12', '', '0,00', '1.234.567,89', '12,300'].map(parseCents)).toEqual([123_456, 123_456, 123_450, -1200, 0, 0, 123_456_789, 1230]);
    expect(['abc', '1,234', '1,2,3'].map(parseCents)).toEqual([undefined, undefined, undefined]);
  });

  it('come back as they were written', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e11 }), fc.constantFrom(',', '.'), (cents, mark) => parseCents(`${Math.floor(cents / 100)}${mark}${String(cents % 100).padStart(2, '0')}`) === cents));
  });
});

describe('the bytes of an export', () => {
  it('are decoded in the encodings that makers use', () => {
    const said = 'Énergie – à payer';
    expect(decode(new TextEncoder().encode(said))).toBe(said);
    expect(decode(new TextEncoder().encode(`\ufeff${said}`))).toBe(said);
    expect(decode(Uint8Array.from([0xc9, 0x74, 0xe9, 0xa4]))).toBe('Été€');
    expect(decode(Uint8Array.from([0xc9, 0x20, 0x80]))).toBe('É €');
  });

  it('give their lines with their numbers, whatever ends them', () => {
    expect([...linesOf('a\r\nb\n\nc\rd')]).toEqual([[1, 'a'], [2, 'b'], [3, ''], [4, 'c'], [5, 'd']]);
    expect([...linesOf('a\n')]).toEqual([[1, 'a']]);
  });
});
