/** The national sheet of a campaign: supplied as content (with its source) or made from the figures of the national release; a supplied one is locked. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import type { PublishedSet } from '../disclosure/index.ts';
import type { Db } from '../../platform/database.server.ts';
import { projectPath } from '../../platform/project-root.server.ts';
import { noun } from './figure-reader.ts';
import type { NationalSheetContent } from './model.ts';

/** Stores the sheets of `content/brochures/<year>/national-sheet.json` whose campaign exists. Run twice, changes nothing. */
export async function loadNationalSheets(db: Db, folder = projectPath('content/brochures')): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !/^\d{4}$/.test(entry.name)) continue;
    const text = await readFile(path.join(folder, entry.name, 'national-sheet.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) await storeNationalSheet(db, Number(entry.name), JSON.parse(text) as NationalSheetContent);
  }
}

export async function storeNationalSheet(db: Db, year: number, content: NationalSheetContent): Promise<void> {
  await sql`insert into publication.national_sheet (campaign_year, content, source) values (${year}, ${JSON.stringify(content)}::jsonb, ${content.source})
    on conflict (campaign_year) do update set content = excluded.content, source = excluded.source
    where publication.national_sheet.content is distinct from excluded.content`.execute(db);
}

/** Stores a sheet made from figures, in place of one made before; a sheet that the national team supplied is left alone. */
export async function storeComputedSheet(db: Db, year: number, content: NationalSheetContent): Promise<void> {
  await sql`insert into publication.national_sheet (campaign_year, content, source) values (${year}, ${JSON.stringify({ ...content, computed: true })}::jsonb, ${content.source})
    on conflict (campaign_year) do update set content = excluded.content, source = excluded.source
    where publication.national_sheet.content->'computed' = 'true'::jsonb`.execute(db);
}

export async function nationalSheetOf(db: Db, year: number): Promise<NationalSheetContent | undefined> {
  const { rows } = await sql<{ content: NationalSheetContent }>`select content from publication.national_sheet where campaign_year = ${year}`.execute(db);
  return rows[0]?.content;
}

/** The same page made from the publishable figures of the nation. */
export function sheetFromFigures(set: PublishedSet): NationalSheetContent {
  const line = (id: string, label: string, group: 'counts' | 'territory' | 'people'): NationalSheetContent['figures'] => {
    const f = set.figures.get(id);
    return f ? [{ id: f.id, text: f.text, label: label.replace('{noun}', noun(f.kinds)), base: `${f.year}`, group }] : [];
  };
  return {
    dataYear: set.mainYear,
    approach: ['Un observatoire national partagé entre la Cnaf et la FCSF.', 'Sur chaque territoire, un pilotage commun de la Caf et du réseau des centres sociaux.'],
    figures: [
      ...line('approved.total', '{noun} agréés'.replace('{noun} agréés', 'structures agréées par les Caf'), 'counts'),
      ...line('campaign.solicited', 'structures sollicitées', 'counts'),
      ...line('campaign.answered', 'ont répondu', 'counts'),
      ...line('staff.headcount', 'salariés', 'people'),
      ...line('staff.headcount_mean', 'salariés en moyenne par structure', 'people'),
      ...line('volunteers.activity', 'bénévoles d’activités', 'people'),
      ...line('volunteers.activity_mean', 'bénévoles d’activités en moyenne', 'people'),
      ...line('volunteers.governance', 'bénévoles dans les instances', 'people'),
      ...line('volunteers.governance_mean', 'bénévoles d’instance en moyenne', 'people'),
      ...line('territory.urban', 'en espace à dominante urbaine', 'territory'),
      ...line('territory.rural', 'en espace à dominante rurale', 'territory'),
    ],
    source: `Observatoire SENACS, campagne ${set.campaignYear}, jeu de données n° ${set.release.number}`,
  };
}
