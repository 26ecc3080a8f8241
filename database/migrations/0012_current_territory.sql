-- The latest year of a territory's geographic code, found by its key: `distinct on` over the whole table sorted 37,000 communes at each page (46 ms).
create or replace view registry.current_territory as
  select * from registry.territory t
  where not exists (select from registry.territory later where later.code = t.code and later.geography_year > t.geography_year);
