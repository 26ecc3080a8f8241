import { describe, expect, it } from 'vitest';
import { compileVersion, type Interpretation, type QuestionnaireVersion, ruleWords } from '../domains/questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../domains/questionnaire/index.server.ts';
import { ALL_KINDS } from '../domains/questionnaire/fixtures/all-kinds.ts';
import { pdfText } from '../../tests/support/pdf-text.ts';
import { type CodebookMatter, typesetCodebook } from './codebook.server.ts';

const read = await readVersionFolder(contentFolder(), 2017);
if (!read.ok) throw new Error(read.error[0]!.message);
const compiled = compileVersion(read.value);
const matter = (more: Partial<CodebookMatter> = {}): CodebookMatter => ({ compiled, versions: [], interpretations: {}, demonstration: false, ...more });
/** Letters and digits alone: lines break and hyphenate as they must. */
const plain = (text: string): string => text.normalize('NFKD').replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
const set = async (given: CodebookMatter): Promise<string> => {
  const pages = pdfText(await typesetCodebook(given));
  // head and foot stand on every page and would cut a sentence in two
  return plain(pages.map((page) => page.replace(`Dictionnaire des questions ${given.compiled.year}`, ' ').replace(/(SENACS|Démonstration)\s*\d+ \/ \d+/, ' ')).join(' '));
};

describe('the codebook of a version', () => {
  it('holds every question with its codes, help, choices, rows and columns, and every check with its gravity', async () => {
    const { version } = compiled;
    const words = await set(matter());
    const parts = version.questions.flatMap((q) => [
      `${q.code} ${q.label}`, `Clé ${q.key}`, q.help, ...(q.options?.map((o) => `${o.code} ${o.label}`) ?? []), ...(q.table?.rows.map((r) => `${r.code} ${r.label}`) ?? []), ...(q.table?.columns.map((c) => `${c.code} ${c.label}`) ?? []),
    ]);
    expect(parts.length).toBeGreaterThan(600);
    expect(parts.filter((part) => !words.includes(plain(part)))).toEqual([]);
    expect(version.rules.filter((r) => !words.includes(plain(ruleWords(r.message, 2016)))).map((r) => r.id)).toEqual([]);
  });

  it('is tagged, names its language and title, and gives the same bytes each time', async () => {
    const [one, two] = await Promise.all([typesetCodebook(matter()), typesetCodebook(matter())]);
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
    const text = Buffer.from(one).toString('latin1');
    expect(text).toContain('/StructTreeRoot');
    expect(text).toContain('/Lang (fr-FR)');
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
  });
});

describe('what a question is asked and has become', () => {
  const earlier: QuestionnaireVersion = {
    ...ALL_KINDS, year: 2029, title: 'Avant', dataYears: [{ year: 2028, keys: 'all' }], rules: [], lineage: [],
    questions: ALL_KINDS.questions.flatMap((q) => (q.key === 'people' ? [{ ...q, key: 'humans' }] : q.key === 'budget' ? [{ ...q, key: 'sales' }, { ...q, key: 'grants', code: 'A31' }] : [q])),
  };
  const present: QuestionnaireVersion = {
    ...ALL_KINDS, follows: 2029, modules: [{ code: 'nord', label: 'Questions du Nord', territory: '59' }],
    questions: ALL_KINDS.questions.map((q) => (q.key === 'detail' ? { ...q, level: 'local', module: 'nord', appliesTo: ['EVS'], sensitivity: 'financial' } : q)),
    lineage: [
      { kind: 'renamed', from: ['humans'], to: ['people'], note: 'Le mot était vague.' },
      { kind: 'merged', from: ['sales', 'grants'], to: ['budget'], note: 'Un seul montant suffit.' },
      { kind: 'break', from: ['work'], to: ['work'], note: 'Les heures comptent désormais.' },
      { kind: 'dropped', from: ['colour'], to: [], note: 'Elle ne servait pas.' },
    ],
  };
  const said: Interpretation = { id: 'i', year: 2030, questionKey: 'people', asked: 'Compte-t-on les stagiaires ?', answer: 'Oui, s’ils restent deux mois.', helpThen: '', publishedAt: '2030-03-04T10:00:00Z', replaces: null };
  it.each([
    ['a condition', 'Seulement si la réponse à A07 est « Oui »'],
    ['whom and when', 'Aux CS et aux EVS, données 2029 et 2028'],
    ['one kind, the main year only', 'Aux EVS, données 2029'],
    ['a local module', 'Local : Questions du Nord (territoire 59)'],
    ['a sensitivity', 'Financière'],
    ['a check', 'X1 Bloquant, Total : Le total diffère.'],
    ['a check of the whole response', 'Contrôles de toute la réponse X2 Bloquant, Borne : Hors bornes.'],
    ['the total of a column', 'Nombre entier, en personnes, au moins 0 ; total : A01'],
    ['a unit and bounds', 'Nombre entier, en personnes, de 0 à 100'],
    ['a renaming', '2030. Renommée (avant : A01 humans) : Le mot était vague.'],
    ['a merging', '2030. Fusionnée (avant : A03 sales, A31 grants) : Un seul montant suffit.'],
    ['a break', '2030. Rupture de comparabilité : Les heures comptent désormais.'],
    ['since when', 'Posée depuis le questionnaire 2029 (humans).'],
    ['a question dropped', 'Questions qui ne sont plus posées colour : Abandonnée : Elle ne servait pas.'],
    ['an interpretation, dated', 'Interprétation du 4 mars 2030, questionnaire 2030. Compte-t-on les stagiaires ? Oui, s’ils restent deux mois.'],
  ])('says %s', async (_, words) => {
    const made = await (book ??= set(matter({ compiled: compileVersion(present), versions: [earlier], interpretations: { people: [said] } })));
    expect(made).toContain(plain(words));
  });
  let book: Promise<string> | undefined;
});
