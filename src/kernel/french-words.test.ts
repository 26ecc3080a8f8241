import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formatLarge } from './french-number.ts';
import { counted, ofTerritory, theTerritory, unbrokenSigns } from './french-words.ts';

const department = (name: string) => ({ name, level: 'department' });

describe('a number and its word', () => {
  it('agree: the plural begins at two', () => {
    expect([0, 1, 2, 1437].map((n) => counted(n, 'structure'))).toEqual(['0\u00a0structure', '1\u00a0structure', '2\u00a0structures', '1\u202f437\u00a0structures']);
    expect(counted(1, 'signalement nouveau', 'signalements nouveaux')).toBe('1\u00a0signalement nouveau');
    expect(counted(3, 'signalement nouveau', 'signalements nouveaux')).toBe('3\u00a0signalements nouveaux');
  });
});

describe('a large number', () => {
  it('is said in millions and milliards, to one decimal', () => {
    expect([999_999, 1_000_000, 38_403_747, 123_456_789, 999_960_000, 1_511_564_248, 2_040_000_000].map(formatLarge)).toEqual([
      '999\u202f999', '1\u00a0million', '38,4\u00a0millions', '123,5\u00a0millions', '1\u00a0milliard', '1,5\u00a0milliard', '2\u00a0milliards',
    ]);
  });
});

describe('a place in a sentence', () => {
  it('takes its article', () => {
    expect(['Pas-de-Calais', 'Somme', 'Aisne', 'Landes', 'Paris', 'La Réunion'].map((name) => theTerritory(department(name)))).toEqual(['le Pas-de-Calais', 'la Somme', 'l’Aisne', 'les Landes', 'Paris', 'La Réunion']);
    expect(theTerritory({ name: 'France', level: 'nation' })).toBe('la France');
    expect(theTerritory({ name: 'Val-d\'Oise', level: 'department' })).toBe('le Val-d\'Oise');
  });
  it('contracts « de » with it', () => {
    expect(['Pas-de-Calais', 'Somme', 'Aisne', 'Landes', 'Mayotte', 'La Réunion'].map((name) => ofTerritory(department(name)))).toEqual(['du Pas-de-Calais', 'de la Somme', 'de l’Aisne', 'des Landes', 'de Mayotte', 'de La Réunion']);
  });
  it('keeps what the name of a commune says', () => {
    expect(['Arras', 'Lens', 'Le Touquet-Paris-Plage', 'Les Herbiers', 'La Couture', 'Étaples', 'Lesquin'].map((name) => ofTerritory({ name, level: 'commune' }))).toEqual(['d’Arras', 'de Lens', 'du Touquet-Paris-Plage', 'des Herbiers', 'de La Couture', 'd’Étaples', 'de Lesquin']);
    expect(theTerritory({ name: 'Loire', level: 'commune' })).toBe('Loire');
  });
  it('is known for every région and département of the geographic code', () => {
    const places = gunzipSync(readFileSync('database/reference/territories.csv.gz')).toString().split('\n').map((line) => line.split(';')).filter(([, level]) => level === 'department' || level === 'region');
    expect(places.length).toBeGreaterThan(115);
    const bare = places.filter(([, level, name]) => theTerritory({ name: name!, level: level! }) === name).map(([, , name]) => name);
    expect(new Set(bare)).toEqual(new Set(['Paris', 'Mayotte', 'La Réunion']));
  });
});

describe('words that somebody typed', () => {
  it('keep their double signs and guillemets, and nothing else changes', () => {
    expect(unbrokenSigns('« Et les ETP ? »\nOui : 12 % !')).toBe('«\u00a0Et les ETP\u00a0?\u00a0»\nOui\u00a0: 12\u00a0%\u00a0!');
    expect(unbrokenSigns('voir https://exemple.fr/?a=1 à 14:05')).toBe('voir https://exemple.fr/?a=1 à 14:05');
  });
});
