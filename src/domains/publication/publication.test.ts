import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTerritories } from '../registry/index.server.ts';
import { loadPasDeCalais } from '../../demo/load/pas-de-calais.server.ts';
import { markInstallation } from '../../platform/installation.server.ts';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { Actor } from '../access/index.ts';
import { phaseOf } from '../campaign/index.server.ts';
import { brochureData, brochureOf, loadNationalSheets, moveBrochure, nationalSheetOf, prepareBrochure, publishBrochure, publishedPdf, publishedTerritories, publishTerritoryPages, saveTexts, territoryPage, voteOnBrochureOf, votesOf } from './index.server.ts';
import { storeComputedSheet } from './national-sheet.server.ts';
import { territoryPageRow } from './queries.server.ts';
import { frenchTypography, type TypesetBrochure, verdict } from './index.ts';
import { mapSection } from './sections/portrait.ts';
import { approvedNoun, type SectionContext } from './sections/section-context.ts';

const typeset: TypesetBrochure = async (data) => ({ pdf: new TextEncoder().encode(JSON.stringify(data.manifest.map((m) => m.id))), pages: 16 });

describe('verdict', () => {
  const approve = (side: 'caf' | 'federation' | null) => ({ side, vote: 'approve' as const });
  it('waits for both institutions', () => {
    expect(verdict([])).toBe('waiting');
    expect(verdict([approve('caf'), approve('caf'), approve(null)])).toBe('waiting');
    expect(verdict([approve('caf'), approve('federation')])).toBe('approved');
  });
  it('is refused by any refusal, whatever the approvals', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(approve('caf'), approve('federation'), approve(null))), (votes) => verdict([...votes, { side: 'caf', vote: 'refuse' }]) === 'refused'));
  });
});

describe('typography', () => {
  it('sets French spaces and signs, once for all', () => {
    const once = frenchTypography("L'accueil : \"oui\" ! 12 % à 14:30");
    expect(once).toBe('L’accueil\u00a0: «\u00a0oui\u00a0»\u00a0! 12\u00a0% à 14:30');
    fc.assert(fc.property(fc.string(), (s) => frenchTypography(frenchTypography(s)) === frenchTypography(s)));
  });
});

describe('kinds of structures', () => {
  it('are called as the register calls them, one that we have never heard of too', () => {
    const context = { kinds: [{ code: 'CS', label: 'Centre social', plural: 'Centres sociaux' }, { code: 'FO', label: 'Foyer ouvert', plural: 'Foyers ouverts' }] } as unknown as SectionContext;
    expect([['CS'], ['FO'], ['CS', 'FO'], ['XX']].map((kinds) => approvedNoun(context, kinds))).toEqual(['centres sociaux agréés', 'foyers ouverts agréés', 'structures agréées', 'structures agréées']);
    const input = {
      ...context, drawing: { level: 'department', source: '' }, figures: { get: () => undefined, tile: () => [], set: { mainYear: 2025 } },
    } as unknown as SectionContext;
    const structures = ['Lens', 'Arras'].map((commune, i) => ({ name: 'Le Phare', commune, department: '62', kind: 'FO', latitude: 50.43 - i / 10, longitude: 2.83, isNew: false, thanked: true }));
    const drawn = JSON.stringify(mapSection(input, structures, ['62'], 'paper'));
    expect(drawn).toContain('2\u00a0foyers ouverts agréés dans 2\u00a0communes');
    expect(drawn).toContain('foyer ouvert');
  });
});

describe('a brochure', () => {
  let database: Database;
  let cast: Awaited<ReturnType<typeof loadPasDeCalais>>;
  const wanted = { year: 2017, territory: '62' };
  beforeAll(async () => {
    database = await testDatabase();
    await markInstallation(database.db, true);
    await loadTerritories(database.db);
    cast = await loadPasDeCalais(database.db);
    await loadNationalSheets(database.db);
  });
  afterAll(() => database?.close());

  it('is prepared by a member of the committee only', async () => {
    const refused = await prepareBrochure(database.db, cast.director('DEMO-62-CS-004'), wanted);
    expect(refused).toMatchObject({ ok: false, error: { code: 'not_voter' } });
    expect(await prepareBrochure(database.db, cast.caf, wanted)).toMatchObject({ ok: true, value: { state: 'figures_linked' } });
  });

  it('refuses a figure that may not be shown in its words', async () => {
    const refused = await saveTexts(database.db, cast.caf, { ...wanted, texts: { edito: 'De {{staff.fte_min}} à {{staff.fte}} ETP.' } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'figure_not_publishable' } });
    if (!refused.ok) expect(refused.error.message).toContain('staff.fte_min');
    expect(await saveTexts(database.db, cast.caf, { ...wanted, texts: { edito: 'Nous comptons {{staff.fte}} ETP : merci !' } })).toMatchObject({ ok: true });
  });

  it('refuses signs that no face can print while its words are written, naming them and where they stand', async () => {
    const texts = { editoTitle: 'Bienvenue 😀', acknowledgement: 'Merci ☎ à 中 toutes', focuses: [{ section: 'youth', title: 'Récit', text: 'De jeunes مرح', author: '' }] };
    const refused = await saveTexts(database.db, cast.caf, { ...wanted, texts });
    expect(refused).toMatchObject({ ok: false, error: { code: 'text_not_printable' } });
    for (const part of ['😀 (Édito, titre)', '☎ 中 (Remerciements)', '(La jeunesse, récit)', 'retirez']) expect(refused.ok ? '' : refused.error.message).toContain(part);
    expect(await saveTexts(database.db, cast.caf, { ...wanted, texts: { editoTitle: '\u2060' } })).toMatchObject({ ok: false, error: { code: 'text_missing' } });
    expect((await brochureOf(database.db, wanted))!.texts.editoTitle).not.toContain('Bienvenue');
  });

  it('returns to draft on a refusal, with its reason, and begins the vote anew', async () => {
    await moveBrochure(database.db, cast.caf, { ...wanted, to: 'texts_under_review' });
    await moveBrochure(database.db, cast.federation, { ...wanted, to: 'copil_validation' });
    expect(await voteOnBrochureOf(database.db, cast.caf, { ...wanted, vote: 'approve' })).toMatchObject({ ok: true, value: { state: 'copil_validation' } });
    expect(await voteOnBrochureOf(database.db, cast.federation, { ...wanted, vote: 'refuse' })).toMatchObject({ ok: false, error: { code: 'reason_needed' } });
    expect(await voteOnBrochureOf(database.db, cast.federation, { ...wanted, vote: 'refuse', reason: 'Un récit manque' })).toMatchObject({ ok: true, value: { state: 'draft' } });
    expect((await votesOf(database.db, (await brochureOf(database.db, wanted))!.id)).map((v) => v.reason)).toContain('Un récit manque');
    expect(await publishBrochure(database.db, cast.caf, { ...wanted, date: '2017-12-15', demonstration: true }, typeset)).toMatchObject({ ok: false });
  });

  it('takes the side from a voting mandate of that very territory: someone of the région stands for neither institution', async () => {
    await prepareBrochure(database.db, cast.caf, wanted);
    await moveBrochure(database.db, cast.caf, { ...wanted, to: 'texts_under_review' });
    await moveBrochure(database.db, cast.caf, { ...wanted, to: 'copil_validation' });
    const mandate = (role: 'regional_representative' | 'director' | 'guest', territoryCode: string) => ({ role, territoryCode, structureId: null, institutionId: null, side: 'federation' as const }) as Actor['mandates'][number];
    const regional: Actor = { ...cast.federation, mandates: [mandate('regional_representative', 'R32'), mandate('guest', '62')] };
    expect(await voteOnBrochureOf(database.db, cast.caf, { ...wanted, vote: 'approve' })).toMatchObject({ ok: true, value: { state: 'copil_validation' } });
    expect(await voteOnBrochureOf(database.db, regional, { ...wanted, vote: 'approve' })).toMatchObject({ ok: true, value: { state: 'copil_validation' } });
    expect((await votesOf(database.db, (await brochureOf(database.db, wanted))!.id)).map((v) => v.side).toSorted()).toEqual(['caf', null]);
    await moveBrochure(database.db, cast.caf, { ...wanted, to: 'draft', reason: 'Reprise' });
  });

  it('is published once both sides approve, with its manifest and the page of the territory', async () => {
    await prepareBrochure(database.db, cast.caf, wanted);
    await moveBrochure(database.db, cast.caf, { ...wanted, to: 'texts_under_review' });
    await moveBrochure(database.db, cast.caf, { ...wanted, to: 'copil_validation' });
    await voteOnBrochureOf(database.db, cast.federation, { ...wanted, vote: 'approve' });
    expect(await voteOnBrochureOf(database.db, cast.caf, { ...wanted, vote: 'approve' })).toMatchObject({ ok: true, value: { state: 'approved' } });
    expect(await publishBrochure(database.db, cast.caf, { ...wanted, date: '2017-12-15', demonstration: true }, typeset)).toMatchObject({ ok: true, value: { pages: 16 } });
    const brochure = await brochureOf(database.db, wanted);
    expect(brochure?.state).toBe('published');
    expect(brochure?.manifest?.find((m) => m.id === 'staff.fte')).toMatchObject({ text: '716', base: 36, year: 2016, territory: '62' });
    expect(brochure?.manifest?.some((m) => m.id === 'staff.fte_min')).toBe(false);
    expect((await publishedPdf(database.db, wanted))?.hash).toBe(brochure?.pdfHash);
  });

  it('keeps the page of its territory as it is while the committee writes or votes', async () => {
    const before = (await territoryPageRow(database.db, '62', 2017))!.publishedAt;
    await prepareBrochure(database.db, cast.caf, wanted);
    for (const to of ['texts_under_review', 'copil_validation'] as const) {
      expect(await publishTerritoryPages(database.db, cast.projectOffice, { year: 2017, territories: ['62'], demonstration: true })).toEqual({ ok: true, value: { published: 0 } });
      await moveBrochure(database.db, cast.caf, { ...wanted, to });
    }
    expect(await publishTerritoryPages(database.db, cast.projectOffice, { year: 2017, territories: ['62'], demonstration: true })).toEqual({ ok: true, value: { published: 0 } });
    expect((await territoryPageRow(database.db, '62', 2017))!.publishedAt).toBe(before);
    await voteOnBrochureOf(database.db, cast.federation, { ...wanted, vote: 'approve' });
    await voteOnBrochureOf(database.db, cast.caf, { ...wanted, vote: 'approve' });
    expect(await publishBrochure(database.db, cast.caf, { ...wanted, date: '2017-12-16', demonstration: true }, typeset)).toMatchObject({ ok: true });
    expect(await publishTerritoryPages(database.db, cast.projectOffice, { year: 2017, territories: ['62'], demonstration: true })).toEqual({ ok: true, value: { published: 1 } });
  });

  it('has its page published without a brochure by the national office only, which leads the territory to publication', async () => {
    const page = { year: 2017, territories: ['62'], demonstration: true };
    expect(await publishTerritoryPages(database.db, cast.caf, page)).toMatchObject({ ok: false, error: { code: 'only_national_office' } });
    const rollback = new Error('undone: a brochure is published');
    const tried = database.db.transaction().execute(async (tx) => {
      await sql`delete from publication.brochure_vote`.execute(tx);
      await sql`update publication.territory_page set brochure_id = null`.execute(tx);
      await sql`delete from publication.brochure`.execute(tx);
      await sql`update campaign.territory_phase set state = 'control' where campaign_year = 2017 and territory_code = '62'`.execute(tx);
      for (const state of ['frozen', 'analysis']) await sql`update campaign.territory_phase set state = ${state} where campaign_year = 2017 and territory_code = '62'`.execute(tx);
      await prepareBrochure(tx, cast.caf, wanted);
      expect(await publishTerritoryPages(tx, cast.projectOffice, page)).toEqual({ ok: true, value: { published: 0 } });
      expect(await phaseOf(tx, 2017, '62')).toMatchObject({ state: 'analysis' });
      await sql`delete from publication.brochure`.execute(tx);
      expect(await publishTerritoryPages(tx, cast.projectOffice, page)).toEqual({ ok: true, value: { published: 1 } });
      expect(await phaseOf(tx, 2017, '62')).toMatchObject({ state: 'publication' });
      throw rollback;
    });
    await expect(tried).rejects.toBe(rollback);
  });

  it('shows on the public page what the register holds and disclosure lets through', async () => {
    const page = (await territoryPage(database.db, '62'))!;
    expect(page).toMatchObject({ name: 'Pas-de-Calais', year: 2017, hasBrochure: true, demonstration: true });
    const text = JSON.stringify(page.sections);
    expect(text).toContain('1\u202f437');
    expect(text).not.toContain('staff.fte_min');
    expect(await publishedTerritories(database.db)).toEqual([expect.objectContaining({ code: '62', structures: 37, brochureYear: 2017 })]);
  });

  it('is made for no territory smaller than a département, nor is a page', async () => {
    const commune = { year: 2017, territory: 'C62041' };
    expect(await prepareBrochure(database.db, cast.caf, commune)).toMatchObject({ ok: false, error: { code: 'level_closed' } });
    expect(await publishBrochure(database.db, cast.caf, { ...commune, date: '2017-12-15', demonstration: true }, typeset)).toMatchObject({ ok: false, error: { code: 'level_closed' } });
    expect(await brochureData(database.db, { ...commune, date: '2017-12-15', demonstration: true })).toMatchObject({ ok: false, error: { code: 'level_closed' } });
    expect(await publishTerritoryPages(database.db, cast.projectOffice, { ...commune, territories: ['C62041'], demonstration: true })).toEqual({ ok: true, value: { published: 0 } });
    expect(await publishedTerritories(database.db)).toHaveLength(1);
  });

  it('keeps the national sheet that was supplied, and renews one made from figures', async () => {
    const supplied = await nationalSheetOf(database.db, 2017);
    expect(supplied).toBeDefined();
    await storeComputedSheet(database.db, 2017, { ...supplied!, source: 'calculée' });
    expect(await nationalSheetOf(database.db, 2017)).toEqual(supplied);
    await storeComputedSheet(database.db, 2018, { ...supplied!, source: 'première' });
    await storeComputedSheet(database.db, 2018, { ...supplied!, source: 'seconde' });
    expect((await nationalSheetOf(database.db, 2018))?.source).toBe('seconde');
  });

  it('is replaced by its next version, which starts from its words', async () => {
    const published = await brochureOf(database.db, wanted);
    expect(await prepareBrochure(database.db, cast.caf, wanted)).toMatchObject({ ok: true, value: { state: 'figures_linked' } });
    const next = await brochureOf(database.db, wanted);
    expect(next?.version).toBe(published!.version + 1);
    expect(next?.texts.edito).toContain('{{staff.fte}}');
    expect((await publishedPdf(database.db, wanted))?.hash).toBeDefined();
  });
});
