/** `senacs mandate end --email ADRESSE --role ROLE`: ends a mandate at once; what was done stays signed. */
import { openExistingHouse } from '../../compose.server.ts';
import { endMandates } from '../../domains/access/index.server.ts';
import { structureByIdentifier } from '../../domains/registry/index.server.ts';
import { counted } from '../../kernel/french-words.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { type Command, CommandRefused } from '../command.ts';
import { roleList, roleNamed } from '../role-words.ts';

export const mandateEnd: Command = {
  name: 'mandate end',
  summary: 'Met fin à un mandat, tout de suite ; son histoire et ce qui fut signé restent.',
  options: [
    { name: 'email', value: 'ADRESSE', help: 'Adresse du compte', required: true },
    { name: 'role', value: 'ROLE', help: roleList(), required: true },
    { name: 'territory', value: 'CODE', help: 'Seulement sur ce territoire' },
    { name: 'structure', value: 'IDENTIFIANT', help: 'Seulement pour cette structure' },
  ],
  run: async (call) => {
    const role = roleNamed(String(call.options['role']));
    if (!role) throw new CommandRefused(`Le rôle « ${String(call.options['role'])} » n’existe pas. Rôles : ${roleList()}.`, 2);
    const { territory, structure } = call.options;
    const territoryCode = territory === undefined ? undefined : parseTerritoryCode(territory);
    if (territory !== undefined && territoryCode === undefined) throw new CommandRefused('--territory attend un code, par exemple 62.', 2);
    const house = await openExistingHouse(call.configuration);
    try {
      const { db } = house.services;
      const structureId = structure === undefined ? undefined : await structureByIdentifier(db, String(structure));
      if (structure !== undefined && structureId === undefined) throw new CommandRefused(`Aucune structure ne porte l’identifiant « ${String(structure)} ».`);
      const done = await endMandates(db, { email: String(call.options['email']), role, ...(territoryCode ? { territoryCode } : {}), ...(structureId ? { structureId } : {}) }, null);
      if (!done.ok) throw new CommandRefused(done.error.message);
      call.print(call.json ? JSON.stringify({ ended: done.value }) : `${counted(done.value, 'mandat terminé', 'mandats terminés')}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
