import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { openHouse } from '../../compose.server.ts';
import { notAnAddress, readAddress, scopeFault } from '../../domains/access/index.ts';
import { createAccount } from '../../domains/access/index.server.ts';
import { isUuid } from '../../kernel/identifier.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { refusedBy } from '../../platform/database.server.ts';
import { type Command, CommandRefused } from '../command.ts';
import { roleList, roleNamed } from '../role-words.ts';

export const accountCreate: Command = {
  name: 'account create',
  summary: 'Crée un compte et son mandat ; imprime un mot de passe à transmettre en main propre.',
  options: [
    { name: 'email', value: 'ADRESSE', help: 'Adresse électronique', required: true },
    { name: 'name', value: 'NOM', help: 'Nom affiché', required: true },
    { name: 'role', value: 'ROLE', help: roleList(), required: true },
    { name: 'territory', value: 'CODE', help: 'Territoire du mandat : FR, R32, 62…' },
    { name: 'structure', value: 'IDENTIFIANT', help: 'Structure du mandat : SIRET, numéro Caf ou identifiant' },
  ],
  run: async (call) => {
    const email = readAddress(String(call.options['email']));
    if (!email) throw new CommandRefused(`--email\u00a0: ${notAnAddress.message}`, 2);
    const role = roleNamed(String(call.options['role']));
    if (!role) throw new CommandRefused(`Le rôle « ${String(call.options['role'])} » n’existe pas. Rôles : ${roleList()}.`, 2);
    const territoryCode = call.options['territory'] === undefined ? undefined : parseTerritoryCode(call.options['territory']);
    const structure = call.options['structure'];
    if (territoryCode !== undefined && structure !== undefined) throw new CommandRefused('Donnez soit --territory, soit --structure.', 2);
    const fault = scopeFault(role, { territoryCode, structureId: structure === undefined ? undefined : String(structure) });
    if (fault) throw new CommandRefused(fault.message, 2);
    const house = await openHouse(call.configuration, false);
    try {
      const { db } = house.services;
      const { rows } = await sql<{ id: string }>`select structure_id as id from registry.structure_identifier where value = ${String(structure ?? '')}
        union select id from registry.structure where id::text = ${isUuid(structure) ? structure : ''}`.execute(db);
      if (structure !== undefined && rows.length !== 1) throw new CommandRefused(`Aucune structure, ou plusieurs, ne porte l’identifiant « ${String(structure)} ».`);
      const password = randomBytes(12).toString('base64url');
      await createAccount(db, {
        email,
        displayName: String(call.options['name']),
        password,
        mandate: { role, ...(territoryCode ? { territoryCode } : { structureId: rows[0]!.id }) },
      });
      if (!call.json) call.say(`Compte créé pour ${email}. Mot de passe : ${password}`);
      if (call.json) call.print(JSON.stringify({ email, password }));
      return 0;
    } catch (error) {
      if (refusedBy(error) === 'account_email_key') throw new CommandRefused('Un compte existe déjà avec cette adresse.');
      if (refusedBy(error) === 'one_data_steward_per_territory') throw new CommandRefused('Ce territoire a déjà une personne en charge des documents de travail : mettez fin à son mandat d’abord.');
      throw error;
    } finally {
      await house.close();
    }
  },
};
