/** `senacs registry succession --kind merger --from A,B --to C --on DATE`: what became of structures that merged, split or were replaced. */
import { openHouse } from '../../compose.server.ts';
import { recordSuccession, structureByIdentifier, type Succession, successionsOf } from '../../domains/registry/index.server.ts';
import { SUCCESSION_LABELS, type SuccessionKind } from '../../domains/registry/index.ts';
import { formatDate, parseFrenchDate } from '../../kernel/french-date.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { type Call, type Command, CommandRefused } from '../command.ts';

export const registrySuccession: Command = {
  name: 'registry succession',
  summary: 'Déclare une fusion, une scission ou un remplacement de structures ; leur passé reste au répertoire.',
  options: [
    { name: 'kind', value: 'SORTE', help: `L’une de : ${Object.entries(SUCCESSION_LABELS).map(([kind, label]) => `${kind} (${label.toLowerCase()})`).join(', ')}`, required: true },
    { name: 'from', value: 'IDENTIFIANTS', help: 'Structures d’avant : Siret, numéro Caf ou code du répertoire, séparés par des virgules', required: true },
    { name: 'to', value: 'IDENTIFIANTS', help: 'Structures d’après, de la même façon', required: true },
    { name: 'on', value: 'DATE', help: 'Jour de la succession, jj/mm/aaaa ou aaaa-mm-jj', required: true },
  ],
  run: async (call) => {
    const kind = String(call.options['kind']);
    if (!Object.hasOwn(SUCCESSION_LABELS, kind)) throw new CommandRefused(`--kind attend l’une de : ${Object.keys(SUCCESSION_LABELS).join(', ')}.`, 2);
    const on = parseFrenchDate(String(call.options['on']));
    if (!on) throw new CommandRefused('--on attend une date, par exemple --on 01/01/2027.', 2);
    const house = await openHouse(call.configuration, false);
    try {
      const { db } = house.services;
      const [predecessors, successors] = [await structuresNamed(db, call, 'from'), await structuresNamed(db, call, 'to')];
      const done = await recordSuccession(db, { predecessors, successors, kind: kind as SuccessionKind, on }, { actorId: null, source: 'ligne de commande' });
      if (!done.ok) throw new CommandRefused(done.error.message);
      const kept = (await successionsOf(db)).filter((s) => predecessors.includes(s.predecessorId) && successors.includes(s.successorId));
      call.print(call.json ? JSON.stringify(kept) : kept.map(sentence).join('\n'));
      return 0;
    } finally {
      await house.close();
    }
  },
};

const sentence = (s: Succession): string => `${s.predecessorName} → ${s.successorName} (${SUCCESSION_LABELS[s.kind].toLowerCase()}, ${formatDate(s.happenedOn)})`;

async function structuresNamed(db: Db, call: Call, option: 'from' | 'to'): Promise<StructureId[]> {
  const found: StructureId[] = [];
  for (const value of String(call.options[option]).split(',').map((v) => v.trim()).filter(Boolean)) {
    // oxlint-disable-next-line no-await-in-loop -- a handful, and the first that is unknown ends it
    const id = await structureByIdentifier(db, value);
    if (!id) throw new CommandRefused(`Aucune structure ne porte l’identifiant « ${value} » (--${option}) : vérifiez-le dans le répertoire.`);
    found.push(id);
  }
  return found;
}
