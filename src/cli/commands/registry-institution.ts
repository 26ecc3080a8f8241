/** `senacs registry institution NOM --kind federation --territory 62 …`: an institution and a territory that it covers, or ceases to cover. */
import { openHouse } from '../../compose.server.ts';
import { INSTITUTION_KINDS } from '../../domains/registry/index.ts';
import { institutionsOf, territory, upsertInstitution } from '../../domains/registry/index.server.ts';
import { parseFrenchDate } from '../../kernel/french-date.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { type Call, type Command, CommandRefused } from '../command.ts';

const SIDES = ['caf', 'federation'] as const;

export const registryInstitution: Command = {
  name: 'registry institution',
  summary: 'Inscrit une institution (Caf, fédération, union…) et un territoire qu’elle couvre ; la redire corrige ou met fin.',
  words: [{ name: 'NOM', help: 'Nom de l’institution' }],
  options: [
    { name: 'kind', value: 'SORTE', help: `L’une de : ${INSTITUTION_KINDS.map((k) => `${k.code} (${k.label})`).join(', ')}`, required: true },
    { name: 'territory', value: 'CODE', help: 'Territoire couvert : FR, R32, 62…', required: true },
    { name: 'from', value: 'DATE', help: 'Premier jour, jj/mm/aaaa ou aaaa-mm-jj', required: true },
    { name: 'to', value: 'DATE', help: 'Lendemain du dernier jour, quand elle cesse de le couvrir' },
    { name: 'side', value: 'COTE', help: 'caf ou federation : la moitié du copilotage dont elle parle ; rien pour un partenaire' },
    { name: 'legal-form', value: 'FORME', help: 'Forme juridique' },
  ],
  run: async (call) => {
    const kind = String(call.options['kind']);
    if (!INSTITUTION_KINDS.some((k) => k.code === kind)) throw new CommandRefused(`--kind attend l’une de : ${INSTITUTION_KINDS.map((k) => k.code).join(', ')}.`, 2);
    const code = parseTerritoryCode(call.options['territory']);
    const [from, to] = [dateOption(call, 'from'), dateOption(call, 'to')];
    const side = SIDES.find((s) => s === call.options['side']) ?? null;
    if (call.options['side'] !== undefined && side === null) throw new CommandRefused('--side attend caf ou federation.', 2);
    const house = await openHouse(call.configuration, false);
    try {
      const { db } = house.services;
      const place = code && (await territory(db, code));
      if (!place) throw new CommandRefused(`Le territoire « ${String(call.options['territory'])} » n’est pas connu : écrivez par exemple 62, R32 ou FR.`);
      const legalForm = call.options['legal-form'];
      const id = await upsertInstitution(db, { kind, side, name: call.words[0]!, ...(typeof legalForm === 'string' ? { legalForm } : {}), territories: [{ code: place.code, from: from!, to }] });
      const covering = await institutionsOf(db, place.code);
      call.print(call.json ? JSON.stringify({ id, covering: covering.map((i) => i.name) }) : `${place.name}, aujourd’hui : ${covering.map((i) => i.name).join(', ') || 'aucune institution'}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};

function dateOption(call: Call, name: string): string | null {
  const text = call.options[name];
  if (text === undefined) return null;
  const date = parseFrenchDate(String(text));
  if (!date) throw new CommandRefused(`--${name} attend une date, par exemple --${name} 01/01/2027.`, 2);
  return date;
}
