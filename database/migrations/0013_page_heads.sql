-- The list of published territories reads three words of each page; taken out of the stored content they no longer unpack hundreds of kilobytes a row.
alter table publication.territory_page
  add column name text generated always as (content->>'name') stored,
  add column level text generated always as (content->>'level') stored,
  add column structure_count int generated always as ((content->>'structureCount')::int) stored;
