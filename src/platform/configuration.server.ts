/** Settings come from the environment, are read once, and a wrong one stops the start with a sentence that says which and why. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface Configuration {
  /** Null: the embedded database under `dataFolder`. */
  readonly databaseUrl: string | null;
  /** Folder of the embedded database and of files. */
  readonly dataFolder: string;
  /** Folder of the geographic code and of the kinds of structure; null: the one that comes with the program. */
  readonly referenceFolder: string | null;
  readonly port: number;
  readonly host: string;
  /** `smtp://…` or `smtps://…`; null: letters wait in the database. */
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Public address of the site, for links in letters and secure cookies. */
  readonly publicUrl: string;
  /** Connections to PostgreSQL. */
  readonly databasePool: number;
  readonly logLevel: 'error' | 'info' | 'debug';
}

/** Thrown with every fault found, as sentences in French. */
export class ConfigurationError extends Error {}

interface Setting {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** The table printed in `docs/settings.md`; a test holds both equal. */
export const SETTINGS: readonly Setting[] = [
  { name: 'DATABASE_URL', fallback: 'aucune (base embarquée)', meaning: 'Adresse d’un serveur PostgreSQL 15 ou plus : postgres://utilisateur:secret@hote:5432/base' },
  { name: 'SENACS_DATA', fallback: './data', meaning: 'Dossier de la base embarquée et des fichiers' },
  { name: 'SENACS_REFERENCE', fallback: 'database/reference', meaning: 'Dossier du code géographique, des niveaux de territoire et des types de structure, pour un autre observatoire ou une autre année' },
  { name: 'PORT', fallback: '3000', meaning: 'Port d’écoute, de 0 à 65535 (0 : un port libre)' },
  { name: 'HOST', fallback: 'localhost', meaning: 'Adresse d’écoute (0.0.0.0 pour toutes)' },
  { name: 'SENACS_PUBLIC_URL', fallback: 'http://localhost:PORT', meaning: 'Adresse publique du site, écrite dans les courriers ; en https, le cookie de session exige une liaison chiffrée' },
  { name: 'SENACS_SMTP_URL', fallback: 'aucune (les courriers attendent en base)', meaning: 'Serveur d’envoi : smtp://utilisateur:secret@hote:587' },
  { name: 'SENACS_MAIL_FROM', fallback: 'senacs@localhost', meaning: 'Expéditeur des courriers' },
  { name: 'SENACS_DATABASE_POOL', fallback: '10', meaning: 'Connexions à PostgreSQL, de 1 à 100' },
  { name: 'SENACS_LOG', fallback: 'info', meaning: 'Détail du journal technique : error, info ou debug' },
];

/** Reads the settings. Throws ConfigurationError naming each wrong one. */
export function readConfiguration(env: { readonly [name: string]: string | undefined }, folder = process.cwd()): Configuration {
  const faults: string[] = [];
  const value = (name: string): string | null => (env[name] ?? '').trim() || null;
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const text = value(name);
    if (text === null) return fallback;
    const number = Number(text);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    faults.push(`${name} vaut « ${text} » : il faut un nombre entier de ${min} à ${max}.`);
    return fallback;
  };
  const url = (name: string, protocols: readonly string[]): string | null => {
    const text = value(name);
    if (text === null) return null;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
    faults.push(`${name} n’est pas une adresse qui commence par ${protocols.map((p) => `${p}//`).join(' ou ')}.`);
    return null;
  };
  const reference = value('SENACS_REFERENCE') && path.resolve(folder, value('SENACS_REFERENCE')!);
  if (reference && !existsSync(reference)) faults.push(`SENACS_REFERENCE vaut « ${reference} » : ce dossier n’existe pas.`);
  const port = integer('PORT', 3000, 0, 65_535);
  const log = value('SENACS_LOG') ?? 'info';
  if (!['error', 'info', 'debug'].includes(log)) faults.push(`SENACS_LOG vaut « ${log} » : il faut error, info ou debug.`);
  const mailFrom = value('SENACS_MAIL_FROM') ?? 'senacs@localhost';
  if (!mailFrom.includes('@')) faults.push(`SENACS_MAIL_FROM vaut « ${mailFrom} » : il faut une adresse électronique.`);
  const configuration: Configuration = {
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    dataFolder: path.resolve(folder, value('SENACS_DATA') ?? 'data'),
    referenceFolder: reference,
    port,
    host: value('HOST') ?? 'localhost',
    smtpUrl: url('SENACS_SMTP_URL', ['smtp:', 'smtps:']),
    mailFrom,
    publicUrl: (url('SENACS_PUBLIC_URL', ['http:', 'https:']) ?? `http://localhost:${port}`).replace(/\/$/, ''),
    databasePool: integer('SENACS_DATABASE_POOL', 10, 1, 100),
    logLevel: log as Configuration['logLevel'],
  };
  if (faults.length > 0) throw new ConfigurationError(faults.join('\n'));
  return configuration;
}
