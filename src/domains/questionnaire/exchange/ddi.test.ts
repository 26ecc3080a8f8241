import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { contentFolder, readVersionFolder } from '../index.server.ts';
import type { QuestionnaireVersion } from '../model.ts';
import { ddiCodebook } from './ddi.ts';

const load = async (year: number): Promise<QuestionnaireVersion> => {
  const read = await readVersionFolder(contentFolder(), year);
  if (!read.ok) throw new Error(read.error[0]!.message);
  return read.value;
};

/** Children of each element in the order of the schema of DDI-Codebook 2.5, for those that we write. */
const ORDER: { readonly [element: string]: readonly string[] } = {
  codeBook: ['docDscr', 'stdyDscr', 'fileDscr', 'dataDscr', 'otherMat'],
  stdyDscr: ['citation', 'studyAuthorization', 'stdyInfo', 'studyDevelopment', 'method', 'dataAccs', 'othrStdyMat', 'notes'],
  citation: ['titlStmt', 'rspStmt', 'prodStmt', 'distStmt', 'serStmt', 'verStmt', 'biblCit', 'holdings', 'notes'],
  titlStmt: ['titl', 'subTitl', 'altTitl', 'parTitl', 'IDNo'],
  stdyInfo: ['studyBudget', 'subject', 'abstract', 'sumDscr', 'qualityStatement', 'notes'],
  sumDscr: ['timePrd', 'collDate', 'nation', 'geogCover', 'geogUnit', 'geoBndBox', 'boundPoly', 'anlyUnit', 'universe', 'dataKind'],
  fileDscr: ['fileTxt', 'locMap', 'notes'],
  fileTxt: ['fileName', 'fileCitation', 'dataFingerprint', 'fileCont', 'fileStrc', 'dimensns'],
  dataDscr: ['varGrp', 'nCubeGrp', 'var', 'nCube', 'notes'],
  varGrp: ['labl', 'txt', 'concept', 'defntn', 'universe', 'notes'],
  var: [
    'location', 'labl', 'imputation', 'security', 'embargo', 'respUnit', 'anlysUnit', 'qstn', 'valrng', 'invalrng', 'undocCod', 'universe', 'TotlResp', 'sumStat', 'txt', 'stdCatgry', 'catgryGrp', 'catgry', 'codInstr', 'verStmt', 'concept',
    'derivation', 'varFormat', 'geoMap', 'catLevel', 'notes',
  ],
  catgry: ['catValu', 'labl', 'txt', 'catStat', 'mrow'],
  derivation: ['drvdesc', 'drvcmd'],
  valrng: ['range', 'key', 'notes'],
};

interface Node {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly Node[];
  readonly text: string;
}

/** A strict reading: it refuses what is not well formed. */
function parse(xml: string): Node {
  const tokens = [...xml.replace(/^<\?xml[^>]*\?>\s*/, '').matchAll(/<(\/?)([A-Za-z][\w:.]*)((?:\s[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/g)];
  expect(tokens.reduce((n, t) => n + t[0].length, 0)).toBe(xml.replace(/^<\?xml[^>]*\?>\s*/, '').length);
  const plain = (t: string): string => {
    expect(t.replaceAll(/&(amp|lt|gt|quot);/g, '')).not.toMatch(/[&<]/);
    return parseHTML(`<p>${t}</p>`).document.querySelector('p')!.textContent;
  };
  const root = { name: '', attributes: {}, children: [] as Node[], text: '' };
  const stack: { name: string; attributes: { [name: string]: string }; children: Node[]; text: string }[] = [root];
  for (const [, closing, name, attributes, single, words] of tokens) {
    const top = stack.at(-1)!;
    if (words !== undefined) top.text += plain(words);
    else if (closing) expect(stack.pop()!.name).toBe(name);
    else {
      const node = { name: name!, attributes: Object.fromEntries([...attributes!.matchAll(/([\w:]+)="([^"]*)"/g)].map((m) => [m[1]!, plain(m[2]!)])), children: [], text: '' };
      top.children.push(node);
      if (!single) stack.push(node);
    }
  }
  expect(stack).toHaveLength(1);
  return root.children[0]!;
}
const every = (node: Node): Node[] => [node, ...node.children.flatMap(every)];

describe.each([2017, 2026])('the questionnaire of %i as a DDI codebook', async (year) => {
  const version = await load(year);
  const book = parse(ddiCodebook(version));
  const nodes = every(book);

  it('is in the namespace of DDI-Codebook 2.5, in French, its elements in the order of the schema', () => {
    expect(book.attributes).toMatchObject({ xmlns: 'ddi:codebook:2_5', version: '2.5', 'xml:lang': 'fr' });
    for (const node of nodes) {
      const order = ORDER[node.name];
      if (!order) continue;
      const ranks = node.children.map((c) => order.indexOf(c.name));
      expect({ of: node.name, unknown: node.children.filter((c) => !order.includes(c.name)).map((c) => c.name) }).toEqual({ of: node.name, unknown: [] });
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    }
  });
  it('names each thing once, and each reference leads to it', () => {
    const ids = nodes.flatMap((n) => (n.attributes['ID'] ? [n.attributes['ID']] : []));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z_][\w.-]*$/);
    const references = nodes.flatMap((n) => [n.attributes['var'], n.attributes['files']].flatMap((r) => r?.split(' ') ?? []));
    expect(references.filter((r) => !ids.includes(r))).toEqual([]);
  });
  it('has a variable for each question, choice and cell, with its words, and every check', () => {
    const names = nodes.filter((n) => n.name === 'var').map((n) => n.attributes['name']);
    const expected = version.questions.flatMap((q) => (q.kind === 'multiple' ? q.options!.map((o) => `${q.key}.${o.code}`) : q.kind === 'table' ? q.table!.rows.flatMap((r) => q.table!.columns.map((c) => `${q.key}.${r.code}.${c.code}`)) : [q.key]));
    expect(names).toEqual(expected);
    const asked = new Set(nodes.filter((n) => n.name === 'qstnLit').map((n) => n.text));
    expect(version.questions.filter((q) => !asked.has(q.label)).map((q) => q.key)).toEqual([]);
    const checks = nodes.filter((n) => n.name === 'notes' && n.attributes['type'] === 'check').map((n) => n.attributes['subject']);
    expect(checks).toEqual(version.rules.map((r) => r.id));
  });
});

it('holds words that XML could take for its own', async () => {
  const version = await load(2026);
  const label = 'Plus de 3 < 5 & « plus » que "2"';
  const book = parse(ddiCodebook({ ...version, questions: version.questions.map((q) => (q.key === 'staff_fte' ? { ...q, label: `${label}\u0001` } : q)) }));
  expect(every(book).filter((n) => n.name === 'qstnLit' && n.text === label)).toHaveLength(1);
});
