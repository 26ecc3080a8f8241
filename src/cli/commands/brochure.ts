/** `senacs brochure`: the brochure of a territory as a PDF: the published one when there is one, else what would be printed today. */
import { openExistingHouse } from '../../compose.server.ts';
import { brochureData, publishedPdf, unknownWanted } from '../../domains/publication/index.server.ts';
import { typesetBrochure } from '../../documents/brochure.server.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';
import { writeOutput } from '../output-file.ts';

export const brochure: Command = {
  name: 'brochure',
  summary: 'Écrit la plaquette d’un territoire en PDF : la version publiée, ou avec --draft celle qui serait imprimée aujourd’hui.',
  options: [
    { name: 'territory', value: 'CODE', help: 'Code du territoire, par exemple 62', required: true },
    { name: 'campaign', value: 'ANNÉE', help: 'Année de la campagne', required: true },
    { name: 'out', value: 'FICHIER', help: 'Fichier PDF à écrire', required: true },
    { name: 'draft', help: 'Recompose la plaquette avec les textes et les chiffres du moment, même si une version est publiée' },
  ],
  run: async (call) => {
    const year = yearOption(call, 'campaign');
    const territory = parseTerritoryCode(call.options['territory']);
    const out = call.options['out'];
    if (!territory) throw new CommandRefused('--territory attend un code de territoire, par exemple --territory 62.', 2);
    if (typeof out !== 'string') throw new CommandRefused('--out attend un nom de fichier, par exemple --out plaquette.pdf.', 2);
    const house = await openExistingHouse(call.configuration);
    try {
      const { db, demonstration } = house.services;
      const published = call.options['draft'] ? undefined : await publishedPdf(db, { year, territory });
      if (published) {
        await writeOutput(out, published.pdf);
        call.print(call.json ? JSON.stringify({ file: out, published: true, hash: published.hash }) : `${out} : plaquette publiée, empreinte ${published.hash}.`);
        return 0;
      }
      if (!call.options['draft']) {
        const unknown = await unknownWanted(db, { year, territory });
        throw new CommandRefused(unknown?.message ?? `Aucune plaquette n’est publiée pour ${territory} en ${year}. Pour composer celle qui serait imprimée aujourd’hui, ajoutez --draft.`);
      }
      const data = await brochureData(db, { year, territory, demonstration, date: new Date().toISOString().slice(0, 10) });
      if (!data.ok) throw new CommandRefused(data.error.message);
      const { pdf, pages } = await typesetBrochure(data.value);
      await writeOutput(out, pdf);
      if (data.value.demonstration) call.say('Données fictives.');
      call.print(call.json ? JSON.stringify({ file: out, published: false, pages, figures: data.value.manifest.length }) : `${out} : ${pages} pages, ${data.value.manifest.length} chiffres, version de travail.`);
      return 0;
    } finally {
      await house.close();
    }
  },
};
