/** `serve`: opens the house and listens until it is told to stop. With `--demo`, fills what the demonstration lacks, behind the open doors. */
import { createServer } from 'node:net';
import { openHouse } from '../../compose.server.ts';
import { startMailJob } from '../../mail-job.server.ts';
import type { Configuration } from '../../platform/configuration.server.ts';
import { describeFailure } from '../../platform/log.server.ts';
import { startRecurringWork } from '../../recurring-work.server.ts';
import type { Services } from '../../services.server.ts';
import { type Command, CommandRefused, type ExitCode } from '../command.ts';
import { progressLine } from '../progress-line.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'Ouvre le site et attend les visiteurs.',
  options: [{ name: 'demo', help: 'Crée ou complète une base de démonstration, aux données fictives' }],
  run: async (call) => {
    const demo = call.options['demo'] === true;
    // an address that nobody can listen at is refused before a database is made or brought up to date for it
    await tryAddress(call.configuration);
    const house = await openHouse(call.configuration, demo);
    const { services } = house;
    const line = progressLine();
    if (demo) {
      const { loadDemonstration } = await import('../../demo/index.server.ts');
      await loadDemonstration(services.db, { onProgress: line.show });
      line.end();
    }
    const { startServer } = await import('../../server.ts');
    const server = await startServer(services).catch(cannotListen(call.configuration));
    const stopMail = startMailJob(services);
    const stopWork = startRecurringWork(services);
    call.say(`SENACS est ouvert : ${server.url}`);
    if (call.json) call.print(JSON.stringify({ url: server.url }));
    if (demo) await tellPersonas(services, server.url, call.say);
    const ending = new AbortController();
    const filled = demo ? fill(services, ending.signal, line, call.say) : Promise.resolve();
    return new Promise<ExitCode>((resolve) => {
      const stop = (): void => {
        process.off('SIGTERM', stop).off('SIGINT', stop);
        ending.abort();
        stopMail();
        void Promise.all([server.stop(), filled, stopWork()])
          .then(house.close)
          .then(
            () => resolve(0),
            (error: unknown) => {
              services.log('error', 'stop.failed', describeFailure(error));
              resolve(70);
            },
          );
      };
      process.on('SIGTERM', stop).on('SIGINT', stop);
    });
  },
};

/** Says why an address cannot be listened at; any other failure goes on as it is. */
const cannotListen =
  (configuration: Configuration) =>
  (error: unknown): never => {
    const { code, syscall } = error as NodeJS.ErrnoException;
    const { host, port } = configuration;
    if (syscall !== 'listen' && syscall !== 'getaddrinfo') throw error;
    if (code === 'EACCES') throw new CommandRefused(`Le port ${port} est réservé au système : choisissez-en un autre avec PORT, par exemple 3000.`, 3);
    if (code === 'EADDRINUSE') throw new CommandRefused(`Le port ${port} est déjà pris par un autre programme : arrêtez-le, ou choisissez un autre port avec PORT.`, 3);
    throw new CommandRefused(`HOST vaut « ${host} » : cette machine n’a pas cette adresse. Donnez localhost, 0.0.0.0 ou une de ses adresses.`, 3);
  };

/** Listens for an instant at the address of the settings. Throws CommandRefused when it cannot be had. */
async function tryAddress(configuration: Configuration): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(configuration.port, configuration.host, resolve)).catch(cannotListen(configuration));
  await new Promise((resolve) => probe.close(resolve));
}

async function tellPersonas(services: Services, url: string, say: (text: string) => void): Promise<void> {
  const { listPersonas } = await import('../../domains/access/index.server.ts');
  say(`\nPour entrer, un clic sur ${url}/connexion. Vous pouvez être :`);
  for (const persona of await listPersonas(services.db)) say(`  · ${persona.displayName} : ${persona.line}`);
  say('\nArrêter : Ctrl + C. Toutes les réponses sont des données fictives.\n');
}

/** The nation comes in behind the open doors; an interrupted filling goes on at the next start. */
async function fill(services: Services, signal: AbortSignal, line: ReturnType<typeof progressLine>, say: (text: string) => void): Promise<void> {
  try {
    const { fillNation, nationIsFilled } = await import('../../demo/index.server.ts');
    if (await nationIsFilled(services.db)) return;
    say('Les campagnes nationales 2024, 2025 et 2026 se remplissent pendant que vous visitez :');
    const started = performance.now();
    await fillNation(services.db, { onProgress: line.show, signal });
    line.end();
    say(`La France entière est là (${Math.round((performance.now() - started) / 1000)} s).`);
  } catch (error) {
    line.end();
    if (signal.aborted) return;
    services.log('error', 'demonstration.failed', describeFailure(error));
    say('Le remplissage de la France s’est interrompu ; il reprendra au prochain démarrage.');
  }
}
