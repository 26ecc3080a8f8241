/** Every command, in the order of the help. */
import type { Command } from '../command.ts';
import { migrateCommand } from './migrate.ts';
import { serve } from './serve.ts';

export const COMMANDS: readonly Command[] = [serve, migrateCommand];
