/** Every page of the site, opened by those for whom it is made, on a phone and on a desk: it answers, fits, and axe finds nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from '../../src/web/routes.ts';
import { demonstrationFolder } from '../support/demonstration.ts';
import { type Stage, setStage, type Visitor } from '../support/journey.ts';

let stage: Stage;
const opened = new Set<string>();

/** Pages to open: addresses, and ways to find one from a page already open (the first link that matches). */
interface Rounds {
  readonly persona: string | null;
  readonly addresses: readonly (string | { readonly on: string; readonly link: RegExp })[];
}

/** Pages of a draft of the studio. */
const STUDIO = [
  '', '/nouvelle-question', '/nouvelle-question?rubrique=C', '/question/staff_by_function', '/question/address', '/nouveau-controle', '/controle/K014', '/modules', '/differences', '/differences?avec=2017', '/apercu', '/apercu/cadre?type=EVS&rubrique=C&support=ecran',
  '/apercu/cadre?type=CS&rubrique=F&territoire=62&support=papier', '/errata', '/journal',
];

const ROUNDS: readonly Rounds[] = [
  { persona: null, addresses: ['/', '/territoires', '/territoires/FR', '/territoires/R32', '/territoires/62', '/territoires/62?annee=2017', '/territoires/C62041', '/connexion', '/charte', '/hors-ligne'] },
  {
    persona: 'direction',
    addresses: [
      '/mon-espace', '/messages', '/centre',
      { on: '/centre', link: /^\/centre\/[0-9a-f-]{36}$/ },
      { on: '/centre', link: /^\/centre\/[0-9a-f-]{36}\/corrections$/ },
      '@response',
      ...'ABCDEFGH'.split('').map((rubric) => ({ on: '@response', link: new RegExp(`^/centre/[0-9a-f-]{36}/\\d{4}/${rubric}$`) })),
      { on: '@response', link: /\/tableur$/ },
      { on: '@response', link: /\/transmettre$/ },
      { on: '@response', link: /\/questions$/ },
      { on: '@response', link: /\/acces$/ },
      '@response/sessions',
      { on: '@rubric', link: /\/questions\?annee=/ },
      { on: '@response', link: /\/fichiers$/ },
      { on: '@rubric', link: /\/historique\// },
    ],
  },
  { persona: 'contribution', addresses: ['/centre', '/mon-espace'] },
  { persona: 'nouvelle-structure', addresses: ['/centre'] },
  { persona: 'gestionnaire', addresses: ['/mon-espace', '/gestionnaire', { on: '/gestionnaire', link: /^\/gestionnaire\/[0-9a-f-]{36}$/ }] },
  {
    persona: 'correspondant-caf',
    addresses: [
      '/suivi', '/suivi/62/2026', '/suivi/62/2026?etat=a-lire', '/suivi/62/2017', '/suivi/62/2026/gel', '/suivi/62/2017/gel', '/suivi/62/2026/questions', '/suivi/62/2017/questions',
      { on: '/suivi/62/2026', link: /voir=/ },
      { on: '@last', link: /^\/suivi\/62\/2026\/[0-9a-f-]{36}$/ },
      { on: '@last', link: /\/personnes$/ },
      '/repertoire/62', { on: '/repertoire/62', link: /^\/repertoire\/structure\// }, '/comite', '/comite/62/2017', '/comite/62/2017/plaquette',
      '/propositions', '/national/questionnaires/2026', '/national/questionnaires/2026/question/staff_fte', '/national/questionnaires/2026/modules',
    ],
  },
  { persona: 'correspondant-federation', addresses: ['/suivi', '/suivi/62/2026', '/comite/62/2025/plaquette'] },
  {
    persona: 'correspondant-lozere',
    addresses: [
      { on: '/suivi/48/2026?etat=saisie', link: /voir=/ },
      { on: '@last', link: /^\/centre\/[0-9a-f-]{36}$/ },
      { on: '@last', link: /\/pour-compte$/ },
      '@source',
      '/suivi/48/2026/sessions',
      '@session',
    ],
  },
  { persona: 'donnees', addresses: ['/comite', '/comite/62/2017', '/comite/62/2017/tableaux', '/comite/62/2017/tableaux?montrer=retenues', '/comite/62/2026/tableaux'] },
  { persona: 'comite', addresses: ['/comite', '/comite/62/2026', '/comite/62/2017/plaquette'] },
  { persona: 'invitation', addresses: ['/comite', '/comite/62/2017'] },
  { persona: 'region', addresses: ['/comite', '/comite/R32/2025'] },
  { persona: 'comite-technique', addresses: ['/comite', '/comite/FR/2025', '/propositions', '/national/precisions', '/national/questionnaires', '@draft', ...STUDIO.map((page) => `/national/questionnaires/2027${page}`), '/national/questionnaires/historique/staff_fte', '/national/questionnaires/2026/errata?question=staff_by_function', '/national/questionnaires/2026/errata?controle=K014'] },
  { persona: 'statistique', addresses: ['/comite', '/comite/FR/2025', '/comite/FR/2025/serie/staff.fte', '/comite/FR/2025/tableaux'] },
  {
    persona: 'mission',
    addresses: ['/national/campagnes', '/national/campagnes/2026', '/national/campagnes/2017', '/national/repertoire', '/repertoire/FR', '/comite'],
  },
];

beforeAll(async () => {
  stage = await setStage([], {}, await demonstrationFolder(['62', '48', '05']));
});
afterAll(async () => stage?.close());

async function linkOn(who: Visitor, link: RegExp): Promise<string> {
  const all = await who.page.locator('a[href]').evaluateAll((links) => links.map((a) => (a as unknown as { getAttribute: (name: string) => string }).getAttribute('href')));
  const found = all.find((href) => link.test(href));
  expect(found, `${who.page.url()} leads to ${link}: ${all.join(' ')}`).toBeDefined();
  return found!;
}

async function goRound(round: Rounds, width: number): Promise<void> {
  const who = round.persona ? await stage.as(round.persona, { width }) : await stage.visitor({ width });
  const at: { [place: string]: string } = {};
  const faults: string[] = [];
  for (const step of round.addresses) {
    let address: string;
    if (step === '@draft') {
      // the first to come begins next year's questionnaire
      await who.page.goto('/national/questionnaires');
      if ((await who.page.getByRole('link', { name: '2027' }).count()) === 0) await Promise.all([who.page.waitForURL('**/2027?fait=start'), who.page.getByRole('button', { name: 'Commencer' }).click()]);
      continue;
    }
    if (step === '@source') {
      await who.page.goto(at['@last']!);
      await Promise.all([who.page.waitForURL('**/pour-compte?source=*'), who.page.getByRole('button', { name: 'Commencer la saisie' }).click()]);
      await who.inspect();
      continue;
    }
    if (step === '@session') {
      await who.page.getByLabel('Titre').fill(`Session ${width}`);
      await who.page.getByLabel('Jour').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
      await who.page.getByRole('checkbox').first().check();
      await Promise.all([who.page.waitForURL('**/sessions/*?fait=ouverte'), who.page.getByRole('button', { name: 'Ouvrir et inviter' }).click()]);
      await who.inspect();
      opened.add(new URL(who.page.url()).pathname);
      continue;
    }
    if (typeof step === 'string') address = at[step] ?? step.replace('@response', at['@response'] ?? '');
    else {
      await who.page.goto(at[step.on] ?? step.on);
      address = await linkOn(who, step.link);
    }
    try {
      await who.open(address);
    } catch (error) {
      // What axe found stands in the compared array; a message alone would hide it.
      const found = (error as { actual?: unknown }).actual;
      faults.push(`${address}: ${Array.isArray(found) ? found.join(' · ') : error instanceof Error ? error.message : String(error)}`);
    }
    opened.add(address.split(/[?#]/)[0]!);
    at['@last'] = address;
    // The response that is being corrected: all its rubrics are there.
    const corrected = /^(\/centre\/[0-9a-f-]{36})\/corrections$/.exec(address)?.[1];
    if (corrected) at['@response'] = corrected;
    if (/^\/centre\/[0-9a-f-]{36}\/\d{4}\/[A-Z]$/.test(address)) at['@rubric'] ??= address;
  }
  await who.context.close();
  expect(faults).toEqual([]);
}

describe.each([360, 1440])('at %i pixels', (width) => {
  // two people at a time: while axe reads one page, the house makes the other
  it.concurrent.each(ROUNDS.map((round) => [round.persona ?? 'visitor', round] as const))('%s', async (_, round) => goRound(round, width));

  it('a page that does not exist, and a page that is refused, say so calmly', async () => {
    const who = await stage.as('comite', { width });
    expect((await who.page.goto('/nulle-part'))?.status()).toBe(404);
    await who.inspect();
    expect((await who.page.goto('/comite/62/2017/tableaux'))?.status()).toBe(403);
    await who.inspect();
    expect(await who.page.locator('main').textContent()).toContain('personne en charge des documents de travail');
    await who.context.close();
  });
});

/** Addresses that give a file, that only a letter opens (tests/journeys/hands.test.ts), redirect at once or take a form: they show no page of their own, and other tests open them. */
const NO_PAGE = ['invitation/:token', 'deconnexion', 'deconnexion/attente', 'charte/accepter', 'territoires/:code/plaquette/:file', 'centre/questionnaire/:year', 'questionnaire/:year/vierge.pdf', 'questionnaire/:year/dictionnaire.pdf', 'centre/:responseId/reponses.pdf', 'centre/:responseId/copie.json', 'centre/:responseId/tableur/:file', 'centre/structure/:structureId/:file', 'centre/:responseId/explication', 'centre/:responseId/classement', 'comite/:territory/:year/apercu.pdf', 'comite/:territory/:year/tableaux.csv', 'national/repertoire/modele.csv', '*'];

describe.each([360, 1440])('at %i pixels, a guest by link', (width) => {
  it('finds the door of the link, his part, a rubric', async () => {
    const director = await stage.as('direction', { width });
    await director.page.goto('/centre');
    const response = await linkOn(director, /^\/centre\/[0-9a-f-]{36}$/);
    await director.open(`${response}/mains`);
    await director.page.getByLabel('Pour qui').fill(`invitation ${width}`);
    await director.page.getByLabel('D. Budget et financements').check();
    await director.page.getByLabel('Dernier jour').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
    await director.page.getByRole('button', { name: 'Faire le lien' }).click();
    await director.inspect();
    const door = new URL(await director.page.getByLabel('Lien à envoyer').inputValue()).pathname;
    const guest = await stage.visitor({ width });
    await guest.open(door);
    await guest.page.getByLabel('Votre prénom et votre nom').fill('Nadia Benali');
    await guest.page.getByRole('button', { name: 'Accepter la charte et continuer' }).click();
    await guest.page.waitForURL('**/ma-part');
    await guest.inspect();
    await guest.page.getByRole('link', { name: /Budget/ }).click();
    await guest.inspect();
    for (const address of [`${response}/mains`, door, '/ma-part']) opened.add(address);
    await director.context.close();
    await guest.context.close();
  });
});

it('no page was forgotten', () => {
  const patterns = PAGES.map((r) => r.path ?? '').filter((path) => !NO_PAGE.includes(path));
  const forgotten = patterns.filter((path) => {
    const pattern = new RegExp(`^/${path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`);
    return ![...opened].some((address) => pattern.test(address));
  });
  expect(patterns.length).toBeGreaterThan(20);
  expect(forgotten).toEqual([]);
});
