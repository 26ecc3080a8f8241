import { describe, expect, it } from 'vitest';
import { ALL_KINDS } from '../fixtures/all-kinds.ts';
import { parseMapping } from './parse-mapping.ts';
import { vintageContent } from './vintage-version.ts';

const good = {
  year: 2011, title: 'Avant', dataYear: 2010, towards: 2030, file: { layout: 'wide', structure: 'siret' },
  columns: [
    { column: 'a', question: 'people' },
    { columns: ['b1', 'b2'], question: 'budget', times: 1000 },
    { column: 'c', question: 'management', values: { 1: 'yes', 2: 'no', 9: '', NSP: 'ne sait pas' } },
    { column: 'd', question: 'bodies', choice: 'board' },
    { column: 'e', question: 'ages.young.count' },
    { column: 'f', question: 'effort', label: 'Heures et parts', split: { into: ['work', 'women_share'], note: 'Deux questions depuis.' } },
    { column: 'z', none: 'Laissée.' },
  ],
};
type Columns = readonly { readonly [field: string]: unknown }[];
const parse = (raw: unknown) => parseMapping(raw, ALL_KINDS, 'x.json');
const withColumns = (...columns: Columns) => parse({ ...good, columns });
const faultsOf = (read: ReturnType<typeof parse>): readonly (readonly string[])[] => (read.ok ? [] : read.error.map((f) => [f.place, f.message]));

describe('a mapping', () => {
  it('without fault makes the questionnaire of its year: as asked then, optional, without condition nor check', () => {
    const read = parse(good);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const content = vintageContent(read.value, ALL_KINDS);
    expect(content.questions.map((q) => [q.key, q.label, q.kind, q.required])).toEqual([
      ['people', 'Question A01', 'integer', false], ['effort', 'Heures et parts', 'decimal', false], ['budget', 'Question A03', 'money', false],
      ['management', 'Question A07', 'single', false], ['bodies', 'Question A08', 'multiple', false], ['ages', 'Question A09', 'table', false],
    ]);
    expect(content.questions.at(-1)!.table!.total).toBeUndefined();
    expect(content.rules).toEqual([]);
    expect(content.becomes).toEqual([{ kind: 'split', from: ['effort'], to: ['work', 'women_share'], note: 'Deux questions depuis.' }]);
  });

  it.each<[string, Columns[number], string, RegExp]>([
    ['a question that is not there', { column: 'a', question: 'nothing' }, '$.columns[0].question', /aucune question ne s’appelle « nothing »/],
    ['no question', { column: 'a' }, '$.columns[0].question', /un texte est attendu/],
    ['no column', { question: 'people' }, '$.columns[0].column', /nommez la colonne/],
    ['a reason that is missing', { column: 'a', none: ' ' }, '$.columns[0].none', /dites pourquoi/],
    ['a field nobody knows', { column: 'a', question: 'people', facteur: 2 }, '$.columns[0].facteur', /champ inconnu/],
    ['an option that is not there', { column: 'a', question: 'management', values: { 1: 'maybe' } }, '$.columns[0].values.1', /« maybe » n’est pas une réponse de A07/],
    ['words for an option that is not there', { column: 'a', question: 'management', options: { maybe: 'Peut-être' } }, '$.columns[0].options.maybe', /n’est pas une réponse de A07/],
    ['a box that is not there', { column: 'a', question: 'bodies', choice: 'king' }, '$.columns[0].choice', /« king » n’est pas un choix de A08/],
    ['a box of a number', { column: 'a', question: 'people', choice: 'king' }, '$.columns[0].choice', /A01 n’a pas plusieurs choix/],
    ['a table without its cell', { column: 'a', question: 'ages' }, '$.columns[0].question', /comme ages\.young\.count/],
    ['a cell that is not there', { column: 'a', question: 'ages.young.weight' }, '$.columns[0].question', /nommez une case/],
    ['a cell of what is no table', { column: 'a', question: 'people.young' }, '$.columns[0].question', /n’est pas un tableau/],
    ['a sum of words', { columns: ['a', 'b'], question: 'remark' }, '$.columns[0]', /n’est pas un nombre/],
    ['a unit of words', { column: 'a', question: 'remark', times: 2 }, '$.columns[0]', /n’est pas un nombre/],
    ['a unit of nothing', { column: 'a', question: 'people', times: 0 }, '$.columns[0].times', /plus grand que 0/],
    ['two units', { column: 'a', question: 'work', times: 2, over: 3 }, '$.columns[0]', /pas les deux/],
    ['a split without a reason', { column: 'a', question: 'effort', split: { into: ['work', 'budget'] } }, '$.columns[0].split', /dites pourquoi/],
    ['a split under a key of today', { column: 'a', question: 'people', split: { into: ['work', 'budget'], note: 'x' } }, '$.columns[0].question', /garde une clé à elle/],
    ['a split into what is not there', { column: 'a', question: 'effort', split: { into: ['work', 'rest'], note: 'x' } }, '$.columns[0].split.into', /« rest »/],
  ])('is refused for %s, with the place and the reason', (_, column, place, message) => {
    const faults = faultsOf(withColumns(column));
    expect(faults.map((f) => f[0])).toContain(place);
    expect(faults.find((f) => f[0] === place)![1]!.replaceAll('\u00a0', ' ')).toMatch(message);
  });

  it('is refused when two entries tell the same', () => {
    const said = (...columns: Columns) => faultsOf(withColumns(...columns)).map((f) => f[1]!.replaceAll('\u00a0', ' ').split(' ').slice(0, 5).join(' '));
    expect(said({ column: 'a', question: 'people' }, { column: 'A', question: 'budget' })).toEqual(['la colonne « a »']);
    expect(said({ column: 'a', question: 'people' }, { column: 'b', question: 'people' })).toEqual(['« people » est rempli']);
    expect(said({ column: 'a', question: 'bodies', choice: 'board', label: 'x' }, { column: 'b', question: 'bodies', choice: 'office', label: 'y' })).toEqual(['« label » de «']);
  });

  it('is refused for its head: years, layout, kinds, other fields', () => {
    const places = (change: object) => faultsOf(parse({ ...good, ...change })).map((f) => f[0]);
    expect(places({ year: '2011' })).toContain('$.year');
    expect(places({ dataYear: 2011 })).toEqual(['$.dataYear']);
    expect(places({ year: 2030, dataYear: 2029 })).toEqual(['$.year']);
    expect(places({ towards: 2029 })).toEqual(['$.towards']);
    expect(places({ file: { layout: 'tall', structure: 'x' } })).toEqual(['$.file.layout']);
    expect(places({ file: { layout: 'long', structure: 'x' } })).toEqual(['$.file.question', '$.file.value']);
    expect(places({ appliesTo: ['XX'] })).toEqual(['$.appliesTo']);
    expect(places({ colonnes: [] })).toEqual(['$.colonnes']);
    expect(places({ columns: [] })).toEqual(['$.columns']);
    expect(faultsOf(parse([]))).toEqual([['$', 'un objet { … } est attendu.']]);
  });
});
