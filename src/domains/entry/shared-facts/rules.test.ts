import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResponseId, StructureId } from '../../../kernel/identifier.ts';
import type { Answer } from '../../questionnaire/index.ts';
import { type CompiledVersion, compileVersion } from '../../questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../../questionnaire/index.server.ts';
import { factsToBring, newFacts, receivesFacts, type RunStructure, sharedQuestions, type StandingFact } from './rules.ts';

const structure = (more: Partial<RunStructure> = {}): RunStructure => ({ responseId: 'r' as ResponseId, structureId: 's' as StructureId, structureKind: 'CS', territoryCode: '62', state: 'in_progress', phase: 'open', ...more });
const number = (n: number): Answer => ({ state: 'value', value: n });
const DATA_YEAR = 2025;

describe('facts of a managing body', () => {
  let compiled: CompiledVersion;
  beforeAll(async () => {
    const read = await readVersionFolder(contentFolder(), 2026);
    if (!read.ok) throw new Error(read.error[0]!.message);
    compiled = compileVersion(read.value);
  });

  it('are the questions that the questionnaire says, of the kinds that it runs', () => {
    const keys = (kind: string) => sharedQuestions(compiled, [structure({ structureKind: kind })], DATA_YEAR).map((q) => q.code);
    expect(keys('CS')).toEqual(['A05', 'A11', 'B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'C06', 'H06']);
    expect(keys('EVS').filter((code) => !keys('CS').includes(code))).toEqual([]);
    expect(keys('EVS').length).toBeGreaterThan(2);
    expect(sharedQuestions(compiled, [], DATA_YEAR)).toEqual([]);
  });

  it('arrive while the structure could answer itself, and at no other time', () => {
    expect([receivesFacts(structure()), receivesFacts(structure({ state: 'not_started' })), receivesFacts(structure({ state: 'correction_requested', phase: 'control' }))]).toEqual([true, true, true]);
    expect([receivesFacts(structure({ state: 'submitted' })), receivesFacts(structure({ state: 'frozen', phase: 'frozen' })), receivesFacts(structure({ state: 'not_started', phase: 'control' })), receivesFacts(structure({ state: 'declined' }))]).toEqual([false, false, false, false]);
  });

  it('are new when they say something else than the last time; an empty field takes back what was given, and only that', () => {
    const standing: StandingFact[] = [{ id: '1', key: 'board_meetings', answer: number(6) }, { id: '2', key: 'board_members', answer: null }];
    const given = new Map<string, Answer | undefined>([['board_meetings', number(6)], ['board_members', undefined], ['general_meetings', undefined]]);
    expect(newFacts(standing, given)).toEqual([]);
    expect(newFacts(standing, new Map([['board_meetings', undefined], ['general_meetings', number(0)]]))).toEqual([{ key: 'board_meetings', answer: null }, { key: 'general_meetings', answer: number(0) }]);
  });

  it('are brought once, where something else stands, to structures that are asked and in entry (any answers, any facts)', () => {
    const keys = ['board_meetings', 'board_members', 'staff_by_function', 'general_meetings'];
    const maybe = fc.option(fc.integer({ min: 0, max: 3 }).map(number), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.constantFrom(...keys), n: fc.option(fc.integer({ min: 0, max: 3 })) })), fc.dictionary(fc.constantFrom(...keys), maybe), fc.subarray([0, 1, 2, 3]), fc.boolean(), (given, sheet, seen, open) => {
        const facts = given.map(({ key, n }, i): StandingFact => ({ id: String(i), key, answer: n === null ? null : number(n) }));
        const answers = Object.fromEntries(Object.entries(sheet).filter(([, a]) => a)) as { [key: string]: Answer };
        const brought = new Set(seen.map(String));
        const once = factsToBring(compiled, structure({ phase: open ? 'open' : 'frozen', state: open ? 'in_progress' : 'frozen' }), DATA_YEAR, facts, answers, brought);
        if (!open) expect(once).toEqual([]);
        for (const fact of once) {
          expect(fact.answer).not.toBeNull();
          expect(brought.has(fact.id)).toBe(false);
          expect(fact.answer).not.toEqual(answers[fact.key]);
        }
        // brought again, nothing is left; what the structure took is not brought either
        expect(factsToBring(compiled, structure(), DATA_YEAR, facts, answers, new Set([...brought, ...facts.map((f) => f.id)]))).toEqual([]);
        const taken = { ...answers, ...Object.fromEntries(once.map((f) => [f.key, f.answer!])) };
        const different = new Set(once.map((f) => f.key)).size === once.length;
        if (open && different) expect(factsToBring(compiled, structure(), DATA_YEAR, once, taken, brought)).toEqual([]);
      }),
    );
  });
});
