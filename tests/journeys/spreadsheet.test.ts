/** A direction fills the questionnaire in a spreadsheet and brings it back without any script; another day, she pastes cells in a table of the form. */
import { read, utils, write, type WorkBook } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationFolder } from '../support/demonstration.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage([], {}, await demonstrationFolder(['62', '05']));
});
afterAll(async () => stage?.close());

/** Address of a response that can be filled. */
async function inEntry(who: Visitor): Promise<string> {
  await who.page.goto('/centre');
  const all = await who.page.locator('a[href^="/centre/"]').evaluateAll((links) => links.map((a) => (a as unknown as { getAttribute: (name: string) => string }).getAttribute('href')));
  for (const address of all.filter((href) => /^\/centre\/[0-9a-f-]{36}$/.test(href))) {
    await who.page.goto(address);
    if ((await who.page.getByRole('link', { name: 'Remplir dans un tableur' }).count()) > 0) return address;
  }
  throw new Error('no response can be filled');
}

/** Types in the cell of answers of a code, as another program would: what it does not know of the file is lost. */
function type(book: WorkBook, code: string, value: string | number, column = 0): string {
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name]!;
    const range = utils.decode_range(sheet['!ref']!);
    for (let r = 0; r <= range.e.r; r++) {
      if (sheet[utils.encode_cell({ r, c: 0 })]?.v !== code) continue;
      const at = utils.encode_cell({ r, c: 2 + column });
      sheet[at] = typeof value === 'number' ? { t: 'n', v: value } : { t: 's', v: value };
      return at;
    }
  }
  throw new Error(`no row ${code}`);
}

describe.each([false, true])('with script: %s', (script) => {
  it('the workbook leaves, is filled, comes back, and only what is accepted changes', async () => {
    const who = await stage.as('direction', { script });
    const { page } = who;
    const address = await inEntry(who);
    await page.goto(address);
    await page.getByRole('link', { name: 'Remplir dans un tableur' }).click();
    await who.inspect();
    const link = (await page.getByRole('link', { name: 'Questionnaire en XLSX' }).getAttribute('href'))!;
    const file = await page.request.get(link);
    expect(file.headers()['content-disposition']).toContain('questionnaire-2026.xlsx');

    const book = read(await file.body(), { type: 'buffer' });
    const salaried = script ? 31 : 27;
    type(book, 'C01', salaried);
    type(book, 'C02', script ? '11,5' : '1 011,25');
    const wrong = type(book, 'C03.direction', 'beaucoup', 1);
    const send = async (buffer: Buffer): Promise<void> => {
      await page.getByLabel('Classeur rempli').setInputFiles({ name: 'rempli.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer });
      await page.getByRole('button', { name: 'Voir les différences' }).click();
    };
    await send(Buffer.from('pas un classeur'));
    await expect.poll(() => page.locator('.notice.bad').textContent()).toContain('Enregistrez-le au format XLSX ou ODS');
    await send(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
    await page.getByRole('heading', { name: 'Différences' }).waitFor();
    await who.inspect();
    const faults = page.getByRole('region', { name: 'Cases à corriger', exact: true });
    expect(await faults.textContent()).toContain(wrong);
    expect(await faults.textContent()).toContain('Écrivez un nombre');
    const rows = page.getByRole('region', { name: 'Différences de la rubrique C' }).locator('tbody');
    expect(await rows.count()).toBe(2);

    await page.getByRole('button', { name: /^Reprendre\s+pour C01, 2025$/ }).click();
    await page.getByText('Une réponse est reprise du fichier et enregistrée.').waitFor();
    expect(await rows.count()).toBe(1);
    await page.getByRole('button', { name: 'Reprendre la réponse du fichier' }).click();
    await page.getByText('Plus rien ne diffère').waitFor();
    await page.goto(`${address}/2025/C`);
    expect(await page.locator('input[name=staff_headcount]').inputValue()).toBe(String(salaried));
    expect(await page.locator('input[name=staff_fte]').inputValue()).toBe(script ? '11,5' : '1011,25');
    await who.context.close();
  });
});

it('cells of a spreadsheet fill a table from where one stands, and one gesture takes them back', async () => {
  const who = await stage.as('direction');
  const { page } = who;
  const address = await inEntry(who);
  await page.goto(`${address}/2025/C`);
  const fields = page.locator('[data-key=staff_by_function] table input');
  const held = (): Promise<string[]> => fields.evaluateAll((all) => all.slice(0, 6).map((field) => (field as unknown as { value: string }).value));
  const before = await held();
  const paste = (): Promise<void> =>
    page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '2\\t1,8\\r\\n3\\t1 002,50\\r\\n');
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
  const status = page.locator('[data-key=staff_by_function]').getByRole('status');
  // The form hears a paste once its script is there.
  await expect.poll(async () => {
    await fields.first().focus();
    await paste();
    return status.textContent();
  }).toContain('4 cases remplies par collage.');
  expect(await held()).toEqual(['2', '1,8', '3', '1002,5', ...before.slice(4)]);
  await page.getByText(/^Enregistré à/).waitFor();
  await who.inspect();
  await fields.first().press('Control+z');
  await expect.poll(held).toEqual(before);
  expect(await status.textContent()).toContain('Collage annulé');
  await expect.poll(async () => {
    await page.goto(`${address}/2025/C`);
    return held();
  }, { timeout: 20_000 }).toEqual(before);
  await who.context.close();
});

it('all the answers of all years leave at any time, for the structure’s own people only', async () => {
  const who = await stage.as('direction');
  await who.page.goto('/centre');
  for (const [name, start] of [[/^tableur \(XLSX\)/, 'PK'], [/^texte \(CSV\)/, '\uFEFFCampagne;Année;']] as const) {
    const href = (await who.page.getByRole('link', { name }).first().getAttribute('href'))!;
    const file = await who.page.request.get(href);
    expect([file.status(), (await file.body()).toString('utf8').startsWith(start)]).toEqual([200, true]);
    const other = await stage.as('correspondant-caf');
    expect((await other.page.request.get(href)).status()).toBe(403);
    await other.context.close();
  }
  await who.context.close();
});
