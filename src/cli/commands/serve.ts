/** `serve`: opens the house and listens until it is told to stop. */
import { openHouse } from '../../compose.server.ts';
import { startMailJob } from '../../mail-job.server.ts';
import type { Command, ExitCode } from '../command.ts';

export const serve: Command = {
  name: 'serve',
  summary: 'Ouvre le site et attend les visiteurs.',
  options: [{ name: 'demo', help: 'Crée ou complète une base de démonstration, aux données fictives' }],
  run: async (call) => {
    const demo = call.options['demo'] === true;
    const house = await openHouse(call.configuration, demo);
    const { startServer } = await import('../../server.ts');
    const server = await startServer(house.services);
    const stopMail = startMailJob(house.services);
    call.say(`SENACS est ouvert : ${server.url}`);
    return new Promise<ExitCode>((resolve) => {
      const stop = (): void => {
        process.off('SIGTERM', stop).off('SIGINT', stop);
        stopMail();
        void server
          .stop()
          .then(house.close)
          .then(() => resolve(0));
      };
      process.on('SIGTERM', stop).on('SIGINT', stop);
    });
  },
};
