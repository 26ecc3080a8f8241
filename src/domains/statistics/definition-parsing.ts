/** Content of `content/figures/` from unknown JSON: a file of definitions, or the list of its faults with their places. */
import type { Condition, FigureDefinition, Measure } from './model.ts';

/** A list as written: from the options of a question, the rows of a table, explicit items, or figures defined elsewhere. */
export interface WrittenList {
  readonly id: string;
  readonly title: string;
  readonly kind: 'ranked' | 'distribution' | 'comparison' | 'group';
  readonly section: string;
  readonly figures?: readonly string[];
  /** Question key: one item per option, counted or in share. */
  readonly optionsOf?: string;
  /** `key.column`: one item per row; `ratio` to the sum of the rows kept, or `sum`. */
  readonly rowsOf?: string;
  readonly items?: readonly { readonly code: string; readonly label: string; readonly where?: Condition; readonly measure?: Measure; readonly note?: string }[];
  readonly except?: readonly string[];
  /** `family.action.{code}` */
  readonly figureId?: string;
  /** option or row code -> what stands in the id */
  readonly codes?: { readonly [code: string]: string };
  readonly labels?: { readonly [code: string]: string };
  readonly prefix?: string;
  readonly measure?: 'count' | 'share' | 'sum' | 'ratio';
  readonly population?: FigureDefinition['population'];
  readonly kinds?: readonly string[];
  readonly year?: FigureDefinition['year'];
  readonly unit?: string;
  readonly decimals?: number;
  readonly step?: number;
  readonly sensitivity?: FigureDefinition['sensitivity'];
  readonly note?: string;
}

/** `like`: a copy of another definition under another name (the ids of one edition). */
export type WrittenFigure = Partial<FigureDefinition> & { readonly id: string; readonly like?: string };

export interface FigureFile {
  /** Set for the particulars of one campaign and territory, laid over the general catalogue. */
  readonly campaignYear?: number;
  readonly territory?: string;
  readonly figures: readonly WrittenFigure[];
  readonly lists: readonly (Partial<WrittenList> & { readonly id: string })[];
}

export interface ContentFault {
  readonly place: string;
  readonly message: string;
}

type Json = { readonly [key: string]: unknown };
const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);
const isText = (x: unknown): x is string => typeof x === 'string' && x.length > 0;
const isTexts = (x: unknown): boolean => Array.isArray(x) && x.every(isText);
const isRef = (x: unknown): boolean => isText(x) || (isTexts(x) && (x as []).length > 0);

function conditionFault(x: unknown, place: string): ContentFault[] {
  if (!isObject(x)) return [{ place, message: 'une condition est un objet' }];
  if ('not' in x) return conditionFault(x['not'], `${place}.not`);
  for (const word of ['all', 'any']) {
    const parts = x[word];
    if (word in x) return Array.isArray(parts) && parts.length > 0 ? parts.flatMap((part, i) => conditionFault(part, `${place}.${word}[${i}]`)) : [{ place, message: `« ${word} » est une liste de conditions` }];
  }
  const tests = [isText(x['is']), isTexts(x['in']), isText(x['has']), x['positive'] === true, x['anyTicked'] === true].filter(Boolean).length;
  return isText(x['q']) && tests === 1 ? [] : [{ place, message: 'une condition a « q » et un seul de is, in, has, positive, anyTicked' }];
}

const POPULATION_NAMES = ['approved', 'newly_approved', 'solicited', 'answered', 'complete', 'listed'];

function measureFault(x: unknown, place: string): ContentFault[] {
  if (!isObject(x)) return [{ place, message: 'il manque une mesure' }];
  const need = (fine: boolean, message: string): ContentFault[] => (fine ? [] : [{ place, message }]);
  switch (x['kind']) {
    case 'count': case 'share': return conditionFault(x['where'], `${place}.where`);
    case 'sum': case 'mean': case 'change': return need(isRef(x['of']), '« of » nomme une question, une case, ou plusieurs');
    case 'quantile': return need(isRef(x['of']) && typeof x['p'] === 'number' && x['p'] >= 0 && x['p'] <= 1, '« of » et « p » entre 0 et 1');
    case 'ratio': return need(isRef(x['of']) && isRef(x['to']), '« of » et « to » nomment des questions ou des cases');
    case 'population': return need(POPULATION_NAMES.includes(x['of'] as string), `« of » est l’un de ${POPULATION_NAMES.join(', ')}`);
    case 'population_share': return need([x['of'], x['among']].every((name) => POPULATION_NAMES.includes(name as string)), `« of » et « among » sont parmi ${POPULATION_NAMES.join(', ')}`);
    case 'administrative': return [];
    case 'calendar': return need(x['of'] === 'campaign_year' || x['of'] === 'data_years', '« of » est campaign_year ou data_years');
    case 'not_computed': return need(isText(x['reason']) && ['lost', 'editorial', 'metadata'].includes(x['nature'] as string), '« nature » et « reason »');
    default: return [{ place, message: `mesure inconnue : ${String(x['kind'])}` }];
  }
}

/**
 * Reads one file. `general` files give whole definitions; particular ones (campaign and territory given) may give only what differs.
 * Returns the file, or its faults with their JSON places.
 */
export function parseFigureFile(json: unknown): { readonly file?: FigureFile; readonly faults: readonly ContentFault[] } {
  if (!isObject(json)) return { faults: [{ place: '$', message: 'le fichier est un objet' }] };
  const faults: ContentFault[] = [];
  const particular = 'campaignYear' in json || 'territory' in json;
  if (particular && !(Number.isInteger(json['campaignYear']) && isText(json['territory']))) faults.push({ place: '$', message: 'campaignYear et territory vont ensemble' });
  const section = json['section'];
  const read = (name: 'figures' | 'lists'): Json[] => {
    const found = json[name] ?? [];
    if (!Array.isArray(found)) faults.push({ place: `$.${name}`, message: 'une liste est attendue' });
    return (Array.isArray(found) ? found : []).flatMap((entry, i) => {
      if (isObject(entry) && isText(entry['id'])) return [isText(section) && !particular ? { section, ...entry } : entry];
      faults.push({ place: `$.${name}[${i}]`, message: 'il manque « id »' });
      return [];
    });
  };
  const figures = read('figures');
  const lists = read('lists');
  const seen = new Set<string>();
  for (const entry of [...figures, ...lists.map((list) => ({ ...list, id: `list ${String(list['id'])}` }))]) {
    if (seen.has(entry['id'] as string)) faults.push({ place: entry['id'] as string, message: 'défini deux fois' });
    seen.add(entry['id'] as string);
  }
  for (const figure of figures) {
    const place = figure['id'] as string;
    if ('measure' in figure || (!particular && !('like' in figure))) faults.push(...measureFault(figure['measure'], `${place}.measure`));
    if (!particular && !('like' in figure)) for (const word of ['label', 'section', 'unit']) if (!isText(figure[word])) faults.push({ place, message: `il manque « ${word} »` });
    const sensitivity = figure['sensitivity'];
    if (sensitivity !== undefined && !(isObject(sensitivity) && isText(sensitivity['level']) && isText(sensitivity['reason']))) faults.push({ place, message: 'une autre sensibilité se donne avec sa raison (level, reason)' });
  }
  for (const list of lists) {
    const place = `list ${String(list['id'])}`;
    const sources = ['figures', 'optionsOf', 'rowsOf', 'items'].filter((word) => word in list);
    if (!particular && sources.length !== 1) faults.push({ place, message: 'une liste vient d’un seul de figures, optionsOf, rowsOf, items' });
    if (!particular && sources[0] !== 'figures' && !(isText(list['figureId']) && list['figureId'].includes('{code}'))) faults.push({ place, message: 'figureId contient {code}' });
    for (const [i, item] of ((list['items'] as Json[] | undefined) ?? []).entries())
      faults.push(...('where' in item ? conditionFault(item['where'], `${place}.items[${i}].where`) : measureFault(item['measure'], `${place}.items[${i}].measure`)));
  }
  if (faults.length > 0) return { faults };
  return { file: { ...(particular ? { campaignYear: json['campaignYear'] as number, territory: json['territory'] as string } : {}), figures: figures as unknown as WrittenFigure[], lists: lists as unknown as FigureFile['lists'] }, faults };
}
