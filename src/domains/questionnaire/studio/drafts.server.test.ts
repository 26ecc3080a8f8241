import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson } from '../../../../tests/support/small-world.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import { refusedBy, type Database } from '../../../platform/database.server.ts';
import type { Author } from './author.ts';
import { contentFolder, findVersion, putVersionInUse } from '../store.server.ts';
import { changeDraft, changesOf, localModuleStates, moveLocalModule, moveVersion, readinessOf, startDraft } from './drafts.server.ts';
import { importVersion, storedContent, writeVersionFolder } from './folder-exchange.server.ts';
import { seenOf } from './operations.ts';
import { answerProposal, openProposalCount, proposals, propose } from './proposals.server.ts';

let database: Database;
let folder: string;
let writer: Author;
beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(path.join(os.tmpdir(), 'senacs-drafts-'));
  const person = await makePerson(database.db, 'Rédactrice', [{ role: 'technical_committee', territory: 'FR' }]);
  writer = { accountId: person.accountId, refusal: () => undefined };
  expect((await putVersionInUse(database.db, contentFolder(), 2026)).ok).toBe(true);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.close();
});
const content = async (year: number) => (await storedContent(database.db, year))!;
const local = { code: 'L62', key: 'beach', rubric: 'F', dimension: 'projet', level: 'local', module: 'LOCAL_62', label: 'Sorties à la plage', help: 'Dans l’année.', kind: 'integer', referencePeriod: 'N-1', sensitivity: 'declared' };

describe('a draft in the database', () => {
  it('starts from last year’s, once, with its words corrected by errata', async () => {
    const { db } = database;
    expect(await startDraft(db, writer, { year: 2026, from: 2026 })).toMatchObject({ ok: false, error: { code: 'year_not_after' } });
    expect(await startDraft(db, writer, { year: 2027, from: 2026 })).toMatchObject({ ok: true });
    expect(await startDraft(db, writer, { year: 2027, from: 2026 })).toMatchObject({ ok: false, error: { code: 'version_exists' } });
    const draft = await content(2027);
    expect([draft.follows, draft.questions.length, draft.dataYears]).toEqual([2026, 126, [{ year: 2026, keys: 'all' }]]);
    expect(await readinessOf(db, 2027)).toMatchObject({ blocking: [] });
  });

  it('keeps who changed what, for ever', async () => {
    const { db } = database;
    const address = (await content(2027)).questions.find((q) => q.key === 'address')!;
    const changed = await changeDraft(db, writer, 2027, { act: 'change_question', key: 'address', question: { ...address, label: 'Adresse du site' }, seen: seenOf(address) });
    expect(changed).toMatchObject({ ok: true });
    expect((await findVersion(db, 2027))!.questions.get('address')!.label).toBe('Adresse du site');
    const [line] = await changesOf(db, 2027, { subject: { kind: 'question', id: 'address' } });
    expect(line).toMatchObject({ name: 'Rédactrice', act: 'change_question', before: { label: 'Adresse postale' }, after: { label: 'Adresse du site' } });
    expect(refusedBy(await sql`delete from questionnaire.change`.execute(db).catch((e: unknown) => e))).toBeDefined();
    expect(await changesOf(db, 2027)).toHaveLength(2);
  });

  it('refuses at once whoever may not, and changes nothing', async () => {
    const { db } = database;
    const before = (await content(2027)).contentHash;
    const stranger: Author = { ...writer, refusal: () => ({ code: 'no', message: 'Non.' }) };
    expect(await changeDraft(db, stranger, 2027, { act: 'mark_break', key: 'address', note: 'x' })).toMatchObject({ ok: false, error: { code: 'no' } });
    expect((await content(2027)).contentHash).toBe(before);
  });

  it('waits for the committee of a territory whose module changed', async () => {
    const { db } = database;
    expect(await changeDraft(db, writer, 2027, { act: 'add_question', question: local, after: null })).toMatchObject({ ok: true });
    expect(Object.fromEntries(await localModuleStates(db, 2027))).toEqual({ LOCAL_62: 'draft' });
    expect(await moveVersion(db, writer, 2027, 'proposed')).toMatchObject({ ok: false, error: { code: 'version_not_ready' } });
    expect(await moveLocalModule(db, writer, 2027, 'LOCAL_62', 'validate_module')).toMatchObject({ ok: false, error: { code: 'module_transition_not_allowed' } });
    let writers: readonly string[] = [];
    const committee: Author = { ...writer, refusal: (act) => ((writers = 'writers' in act ? act.writers : []), undefined) };
    expect(await moveLocalModule(db, committee, 2027, 'LOCAL_62', 'propose_module')).toMatchObject({ ok: true });
    expect(writers).toEqual([writer.accountId]);
    expect(await moveLocalModule(db, writer, 2027, 'LOCAL_62', 'validate_module')).toMatchObject({ ok: true });
    expect(await readinessOf(db, 2027)).toMatchObject({ blocking: [] });
  });

  it('goes out to the folder and comes back the same; work of the studio is not replaced in silence', async () => {
    const { db } = database;
    const before = await content(2027);
    await cp(contentFolder(), folder, { recursive: true });
    await writeVersionFolder(folder, before);
    expect(await importVersion(db, folder, 2027)).toEqual({ ok: true, value: { year: 2027, changed: false, contentHash: before.contentHash } });
    await writeVersionFolder(folder, { ...before, title: 'Autre titre' });
    expect(await importVersion(db, folder, 2027)).toMatchObject({ ok: false, error: { code: 'draft_was_worked_on' } });
    expect((await content(2027)).contentHash).toBe(before.contentHash);
    expect(await importVersion(db, folder, 2027, { replace: true })).toMatchObject({ ok: true, value: { changed: true } });
    await writeVersionFolder(folder, before);
    expect(await importVersion(db, folder, 2027)).toMatchObject({ ok: true, value: { changed: true, contentHash: before.contentHash } });
  });

  it('never changes once proposed, in code and in the database, and opens again as a draft', async () => {
    const { db } = database;
    expect(await moveVersion(db, writer, 2027, 'proposed')).toMatchObject({ ok: true });
    expect(await changeDraft(db, writer, 2027, { act: 'mark_break', key: 'address', note: 'x' })).toMatchObject({ ok: false, error: { code: 'version_not_a_draft' } });
    const touched = await sql`update questionnaire.version set content = jsonb_set(content, '{title}', '"Autre"') where year = 2027`.execute(db).catch((e: unknown) => e);
    expect(refusedBy(touched)).toBe('version_changes_in_draft_only');
    expect(await moveVersion(db, writer, 2027, 'validated')).toMatchObject({ ok: true });
    expect(await moveVersion(db, writer, 2027, 'draft', 'Un mot à revoir.')).toMatchObject({ ok: true });
    expect((await changesOf(db, 2027)).slice(0, 3).map((l) => [l.act, l.note])).toEqual([['reopen', 'Un mot à revoir.'], ['validate', null], ['propose', null]]);
  });
});

describe('a proposal from the field', () => {
  it('is answered once, in words', async () => {
    const { db } = database;
    const director = await makePerson(db, 'Directeur', []);
    expect(await propose(db, director.accountId, { origin: 'Centre 1', year: 2026, key: 'address', wish: '  ' })).toMatchObject({ ok: false });
    const made = await propose(db, director.accountId, { origin: 'Centre 1', year: 2026, key: 'address', wish: 'Demander l’adresse du siège.' });
    if (!made.ok) throw new Error('refused');
    expect(await openProposalCount(db)).toBe(1);
    expect(await answerProposal(db, writer, { id: made.value.id, state: 'kept', answer: ' ' })).toMatchObject({ ok: false });
    expect(await answerProposal(db, writer, { id: made.value.id, state: 'kept', answer: 'Oui, en 2027.' })).toEqual({ ok: true, value: { id: made.value.id, madeBy: director.accountId } });
    expect(await answerProposal(db, writer, { id: made.value.id, state: 'declined', answer: 'Non.' })).toMatchObject({ ok: false, error: { code: 'already_answered' } });
    expect(await proposals(db, { by: director.accountId })).toMatchObject([{ state: 'kept', answer: 'Oui, en 2027.', key: 'address' }]);
  });
});
