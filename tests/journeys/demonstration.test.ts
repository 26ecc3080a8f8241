/** The demonstration as a newcomer starts it: stopped in the middle of its filling, it ends well and goes on at the next start. */
import { expect, it } from 'vitest';
import { senacs, startProgram, temporaryFolder } from '../support/program.ts';

it('is stopped while France comes in, ends with 0, opens again and refuses to become a real house', async () => {
  const folder = `${temporaryFolder()}/data`;
  const first = await startProgram(folder, ['--demo']);
  expect(await (await fetch(`${first.url}/health`)).json()).toMatchObject({ ready: true, demonstration: true });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(first.log()).toContain('se remplissent pendant que vous visitez');
  expect(await first.stop()).toBe(0);

  const tables = await senacs(['tables', '--campaign', '2017', '--territory', '62', '--json'], { SENACS_DATA: folder });
  const figures = JSON.parse(tables.out) as { id: string; value: number; status: string }[];
  expect(figures.find((figure) => figure.id === 'staff.headcount')).toMatchObject({ value: 1437, status: 'publishable' });
  expect(figures.find((figure) => figure.id === 'staff.fte_max')).toMatchObject({ value: 80, status: 'withheld' });

  const again = await startProgram(folder);
  expect(await (await fetch(`${again.url}/health`)).json()).toMatchObject({ ready: true, demonstration: true });
  expect(await again.stop()).toBe(0);
});

it('does not enter a real database', async () => {
  const folder = `${temporaryFolder()}/data`;
  expect((await senacs(['migrate'], { SENACS_DATA: folder })).code).toBe(0);
  const refused = await senacs(['demo'], { SENACS_DATA: folder });
  expect([refused.code, refused.err]).toEqual([3, expect.stringContaining('base réelle')]);
});
