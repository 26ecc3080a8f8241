import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { centreFiles, type MembersFormat } from '../../demo/files/centre-files.ts';
import { type Command, CommandRefused, yearOption } from '../command.ts';

const FORMATS: readonly MembersFormat[] = ['csv', 'xlsx', 'ods'];

export const demoFiles: Command = {
  name: 'demo files',
  summary: 'Écrit les fichiers d’un centre fictif (comptabilité FEC, paie DSN, liste d’adhérents) et ce qu’ils disent, pour essayer la page « Vos fichiers ».',
  options: [
    { name: 'out', value: 'DOSSIER', help: 'Dossier où écrire', required: true },
    { name: 'year', value: 'ANNÉE', help: 'Année des données', required: true },
    { name: 'seed', value: 'MOT', help: 'Un autre mot donne un autre centre (« exemple » si absent)' },
    { name: 'lines', value: 'NOMBRE', help: 'Lignes d’écritures, à peu près (4000 si absent)' },
    { name: 'members', value: 'FORMAT', help: 'csv, xlsx ou ods (xlsx si absent)' },
  ],
  run: async (call) => {
    const year = yearOption(call, 'year');
    const lines = Number(call.options['lines'] ?? 4000);
    if (!Number.isInteger(lines) || lines < 100 || lines > 1_000_000) throw new CommandRefused('--lines attend un nombre de 100 à 1 000 000.', 2);
    const membersAs = FORMATS.find((f) => f === (call.options['members'] ?? 'xlsx'));
    if (!membersAs) throw new CommandRefused('--members attend csv, xlsx ou ods.', 2);
    const out = path.resolve(String(call.options['out']));
    const { files, truth } = centreFiles(String(call.options['seed'] ?? 'exemple'), { year, lines, membersAs });
    await mkdir(out, { recursive: true });
    const expected = `attendu-${year}.json`;
    await Promise.all([...files.map((file) => writeFile(path.join(out, file.name), file.bytes)), writeFile(path.join(out, expected), `${JSON.stringify(truth, null, 2)}\n`)]);
    if (call.json) call.print(JSON.stringify({ folder: out, files: files.map((f) => f.name), truth }));
    else call.say(`${files.length} fichiers écrits dans ${out} ; les réponses qu’ils contiennent sont dans ${expected}.`);
    return 0;
  },
};
