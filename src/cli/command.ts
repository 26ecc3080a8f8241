/** What a command is: its words, its options, what it does; exit codes mean something. */
import { parseTerritoryCode, type TerritoryCode } from '../kernel/territory-code.ts';
import type { Configuration } from '../platform/configuration.server.ts';

/** 0 done · 1 refused or faults found · 2 the call's words are wrong · 3 settings or database not usable · 70 a failure of the program itself */
export type ExitCode = 0 | 1 | 2 | 3 | 70;

export interface Option {
  readonly name: string;
  /** Word for the value in the help; absent: a switch. */
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
}

export interface Call {
  readonly configuration: Configuration;
  readonly words: readonly string[];
  readonly options: { readonly [name: string]: string | true };
  /** For people: to standard error when `--json` is given, so that standard output holds only JSON. */
  readonly say: (line: string) => void;
  /** The result: JSON text with `--json`, else the given lines. */
  readonly json: boolean;
  readonly print: (text: string) => void;
}

export interface Command {
  /** `serve`, `registry import`. */
  readonly name: string;
  readonly summary: string;
  readonly words?: readonly { readonly name: string; readonly help: string; readonly optional?: boolean }[];
  readonly options?: readonly Option[];
  readonly run: (call: Call) => Promise<ExitCode>;
}

/** A sentence for the person who typed the command; ends it with its code, without a stack trace. */
export class CommandRefused extends Error {
  readonly code: ExitCode;
  constructor(message: string, code: ExitCode = 1) {
    super(message);
    this.code = code;
  }
}

/** A four-digit campaign year given as an option. */
export function yearOption(call: Call, name: string): number {
  const text = call.options[name];
  const year = Number(text);
  if (!Number.isInteger(year) || year < 1900 || year > 2999) throw new CommandRefused(`--${name} attend une année, par exemple --${name} 2017.`, 2);
  return year;
}

/** The two options of commands about one territory's campaign, and what was given for them. */
export const TERRITORY_CAMPAIGN_OPTIONS: readonly Option[] = [
  { name: 'campaign', value: 'ANNÉE', help: 'Année de la campagne', required: true },
  { name: 'territory', value: 'CODE', help: 'Code du territoire, par exemple 62, R32 ou FR', required: true },
];

/** Reads them. Throws CommandRefused naming the one that is ill-written. */
export function territoryCampaign(call: Call): { readonly campaignYear: number; readonly territoryCode: TerritoryCode } {
  const campaignYear = yearOption(call, 'campaign');
  const territoryCode = parseTerritoryCode(call.options['territory']);
  if (!territoryCode) throw new CommandRefused('--territory attend un code de territoire, par exemple --territory 62.', 2);
  return { campaignYear, territoryCode };
}
