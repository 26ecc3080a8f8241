/** `senacs questionnaire erratum --year ANNÉE …`: corrects words of a version in use; its questions, choices, bounds and checks stay what they are. */
import { openHouse } from '../../compose.server.ts';
import { ERRATUM_FIELDS, type ErratumField } from '../../domains/questionnaire/index.ts';
import { recordErratum } from '../../domains/questionnaire/index.server.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';

export const questionnaireErratum: Command = {
  name: 'questionnaire erratum',
  summary: 'Corrige des mots d’un questionnaire déjà en service, et rien d’autre.',
  options: [
    { name: 'year', value: 'ANNÉE', help: 'Année du questionnaire', required: true },
    { name: 'question', value: 'CLÉ', help: 'Question à corriger, par sa clé' },
    { name: 'rule', value: 'CONTRÔLE', help: 'Contrôle à corriger, par exemple K014' },
    { name: 'field', value: 'CHAMP', help: `Ce qui est corrigé : ${ERRATUM_FIELDS.join(', ')}`, required: true },
    { name: 'item', value: 'CODE', help: 'Réponse possible, ligne ou colonne, pour un libellé de celles-ci' },
    { name: 'text', value: 'TEXTE', help: 'Nouveau texte', required: true },
    { name: 'reason', value: 'MOTIF', help: 'Pourquoi ces mots changent, en une phrase', required: true },
  ],
  run: async (call) => {
    const year = yearOption(call, 'year');
    const word = (name: string): string | undefined => (typeof call.options[name] === 'string' ? call.options[name] : undefined);
    const [question, rule, item, field] = [word('question'), word('rule'), word('item'), word('field')];
    if ((question === undefined) === (rule === undefined)) throw new CommandRefused('Dites ce qui est corrigé par --question CLÉ ou par --rule CONTRÔLE, l’un des deux.', 2);
    if (!ERRATUM_FIELDS.includes(field as ErratumField)) throw new CommandRefused(`--field attend l’un de : ${ERRATUM_FIELDS.join(', ')}.`, 2);
    const house = await openHouse(call.configuration, false);
    try {
      const done = await recordErratum(house.services.db, {
        year, field: field as ErratumField, newText: word('text')!, reason: word('reason')!,
        ...(question === undefined ? {} : { questionKey: question }), ...(rule === undefined ? {} : { ruleId: rule }), ...(item === undefined ? {} : { itemCode: item }),
      });
      if (!done.ok) throw new CommandRefused(done.error.message);
      call.print(call.json ? JSON.stringify({ year, id: done.value.id }) : `Erratum enregistré sur le questionnaire ${year}.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
