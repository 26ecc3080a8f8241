/** Property tests draw from one seed, so that a red run can be played again; SENACS_SEED gives another. */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['SENACS_SEED'] ?? 20_261_122) });
