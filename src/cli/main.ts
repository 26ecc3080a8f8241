/** `npx senacs <command>`: reads the words, finds the command, runs it, ends with a code that means something. */
import { HouseRefused } from '../compose.server.ts';
import { ReferenceUnusable } from '../domains/registry/index.server.ts';
import { ConfigurationError, readConfiguration } from '../platform/configuration.server.ts';
import { FolderInUse, FolderUnusable } from '../platform/data-folder.server.ts';
import { createLog, describeFailure } from '../platform/log.server.ts';
import { MigrationAltered } from '../platform/migrate.server.ts';
import { type Command, CommandRefused, type ExitCode } from './command.ts';
import { COMMANDS } from './commands/index.ts';

const JSON_OPTION = { name: 'json', help: 'Résultat en JSON sur la sortie standard, pour un programme' };
const HELP_OPTION = { name: 'help', help: 'Cette aide' };

function usage(command: Command): string {
  const words = (command.words ?? []).map((w) => (w.optional ? `[${w.name}]` : w.name)).join(' ');
  const options = [...(command.options ?? []), JSON_OPTION, HELP_OPTION];
  const width = Math.max(...options.map((o) => o.name.length + ('value' in o && o.value ? o.value.length + 1 : 0))) + 4;
  const line = (left: string, right: string): string => `  ${left.padEnd(width)}${right}`;
  return [
    `Usage : npx senacs ${command.name} ${words}${words ? ' ' : ''}[options]`,
    '',
    command.summary,
    '',
    ...(command.words ?? []).map((w) => line(w.name, w.help)),
    ...options.map((o) => line(`--${o.name}${'value' in o && o.value ? ` ${o.value}` : ''}`, `${o.help}${'required' in o && o.required ? ' (nécessaire)' : ''}`)),
  ].join('\n');
}

/** The commands, all or those of one group. */
function overview(commands: readonly Command[] = COMMANDS): string {
  const width = Math.max(...commands.map((c) => c.name.length)) + 3;
  return ['Usage : npx senacs <commande> [options]', '', ...commands.map((c) => `  ${c.name.padEnd(width)}${c.summary}`), '', 'Aide d’une commande : npx senacs <commande> --help', 'Base embarquée : arrêtez le site avant une commande (un seul programme l’ouvre à la fois) ; avec DATABASE_URL, les commandes passent pendant qu’il tourne.', 'Avec --json, la sortie standard ne porte que du JSON : le résultat, ou {"error": …}.', 'Codes de sortie : 0 fait · 1 refusé ou fautes trouvées · 2 commande mal écrite · 3 réglage ou base inutilisable · 70 panne du programme'].join('\n');
}

interface Parsed {
  readonly words: readonly string[];
  readonly options: { readonly [name: string]: string | true };
}

function parseOptions(command: Command, given: readonly string[]): Parsed {
  const words: string[] = [];
  const options: { [name: string]: string | true } = {};
  const known = [...(command.options ?? []), JSON_OPTION, HELP_OPTION];
  for (let i = 0; i < given.length; i++) {
    const word = given[i]!;
    if (!word.startsWith('--')) {
      words.push(word);
      continue;
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s);
    const option = known.find((o) => o.name === name);
    if (!option) throw new CommandRefused(`L’option --${name} n’existe pas pour « ${command.name} ».\n\n${usage(command)}`, 2);
    if (!('value' in option && option.value)) options[name] = true;
    else {
      const value = inline ?? given[++i];
      if (value === undefined || value === '') throw new CommandRefused(`L’option --${name} attend une valeur : --${name} ${option.value}.`, 2);
      options[name] = value;
    }
  }
  if (options['help']) return { words, options };
  const missing = (command.options ?? []).find((o) => o.required && options[o.name] === undefined);
  if (missing) throw new CommandRefused(`Il manque --${missing.name} ${missing.value ?? ''} (${missing.help}).\n\n${usage(command)}`, 2);
  const expected = command.words ?? [];
  const least = expected.filter((w) => !w.optional).length;
  if (words.length < least) throw new CommandRefused(`Il manque ${expected[words.length]!.name} (${expected[words.length]!.help}).\n\n${usage(command)}`, 2);
  if (words.length > expected.length) throw new CommandRefused(`« ${words[expected.length]} » est en trop.\n\n${usage(command)}`, 2);
  return { words, options };
}

/** Runs one call. Never throws: what goes wrong becomes a sentence and a code. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const out = (text: string): void => void process.stdout.write(`${text}\n`);
  const err = (text: string): void => void process.stderr.write(`${text}\n`);
  /** For people on standard error; for a program, with `--json`, on standard output too. */
  const tellRefusal = (message: string, code: ExitCode): ExitCode => {
    err(message);
    if (argv.includes('--json')) out(JSON.stringify({ error: { code, message } }));
    return code;
  };
  try {
    if (argv.length === 0 || argv[0] === '--help' || argv[0] === 'help') {
      out(overview());
      return 0;
    }
    const command = COMMANDS.toSorted((a, b) => b.name.length - a.name.length).find((c) => c.name.split(' ').every((part, i) => argv[i] === part));
    const group = command ? [] : COMMANDS.filter((c) => c.name.startsWith(`${argv[0]} `));
    if (group.length > 0 && (argv.length === 1 || argv[1] === '--help')) {
      out(overview(group));
      return 0;
    }
    if (!command) throw new CommandRefused(`La commande « ${argv.join(' ')} » n’existe pas.\n\n${overview(group.length > 0 ? group : COMMANDS)}`, 2);
    const { words, options } = parseOptions(command, argv.slice(command.name.split(' ').length));
    if (options['help']) {
      out(usage(command));
      return 0;
    }
    const json = options['json'] === true;
    return await command.run({ configuration: readConfiguration(process.env), words, options, json, say: json ? err : out, print: out });
  } catch (error) {
    if (error instanceof CommandRefused) {
      return tellRefusal(error.message, error.code);
    }
    if (error instanceof ConfigurationError || error instanceof FolderInUse || error instanceof FolderUnusable || error instanceof MigrationAltered || error instanceof HouseRefused || error instanceof ReferenceUnusable) {
      return tellRefusal(error.message, 3);
    }
    const code = (error as { code?: string } | undefined)?.code ?? '';
    if (/^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|28\w{3}|3D000|57P03)$/.test(code)) {
      return tellRefusal(`La base de données ne répond pas ou refuse la connexion (${code}) : vérifiez DATABASE_URL et que le serveur PostgreSQL est démarré.`, 3);
    }
    createLog('error')('error', 'command.failed', describeFailure(error));
    return tellRefusal('Une panne est survenue ; rien n’a été enregistré à moitié. Le détail technique est dans la ligne ci-dessus.', 70);
  }
}
