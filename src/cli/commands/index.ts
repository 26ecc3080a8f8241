/** Every command, in the order of the help. */
import type { Command } from '../command.ts';
import { accountCreate } from './account-create.ts';
import { backup } from './backup.ts';
import { brochure } from './brochure.ts';
import { controlRun } from './control-run.ts';
import { demo } from './demo.ts';
import { demoFiles } from './demo-files.ts';
import { mandateEnd } from './mandate-end.ts';
import { migrateCommand } from './migrate.ts';
import { questionnaireCheck } from './questionnaire-check.ts';
import { questionnaireErratum } from './questionnaire-erratum.ts';
import { questionnaireExport } from './questionnaire-export.ts';
import { questionnaireImport } from './questionnaire-import.ts';
import { registryArea } from './registry-area.ts';
import { registryImport } from './registry-import.ts';
import { registryInstitution } from './registry-institution.ts';
import { registrySuccession } from './registry-succession.ts';
import { registryZones } from './registry-zones.ts';
import { releaseCreate } from './release-create.ts';
import { releaseVerify } from './release-verify.ts';
import { responsesImport } from './responses-import.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { tables } from './tables.ts';

export const COMMANDS: readonly Command[] = [
  serve,
  demo,
  demoFiles,
  migrateCommand,
  registryImport,
  registryZones,
  registryArea,
  registrySuccession,
  registryInstitution,
  questionnaireCheck,
  questionnaireImport,
  questionnaireExport,
  questionnaireErratum,
  responsesImport,
  controlRun,
  releaseCreate,
  releaseVerify,
  tables,
  brochure,
  accountCreate,
  mandateEnd,
  backup,
  restore,
];
