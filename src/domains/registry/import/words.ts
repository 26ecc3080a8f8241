/** A preview and an outcome as text, for the command line. */
import { formatDate } from '../../../kernel/french-date.ts';
import { formatNumber } from '../../../kernel/french-number.ts';
import type { ImportFault } from './parsing.ts';
import type { FieldChange, RowPlan } from './plan.ts';
import type { ImportCounts, ImportOutcome, ImportPreview } from './preview.ts';

const plural = (n: number, one: string, many: string): string => `${formatNumber(n)} ${n < 2 ? one : many}`;

/** « 12 à créer, 3 à modifier, 1 à fermer, 20 sans changement, 2 lignes refusées » */
export function countsSentence(counts: ImportCounts): string {
  return [
    `${formatNumber(counts.created)} à créer`, `${formatNumber(counts.changed)} à modifier`, `${formatNumber(counts.closed)} à fermer`,
    `${formatNumber(counts.unchanged)} sans changement`, plural(counts.refused, 'ligne refusée', 'lignes refusées'),
  ].join(', ');
}

/** « Mode de gestion : Associatif → Caf » */
export const changeSentence = (c: FieldChange): string => `${c.field}\u00a0: ${c.old ?? '(vide)'} → ${c.new ?? '(vide)'}`;

/** « Ligne 12, colonne « SIRET », « 123 » : un Siret compte 14 chiffres… Corrigez-le… » */
export const faultSentence = (f: ImportFault): string => `Ligne ${f.row}, colonne «\u00a0${f.column}\u00a0», ${f.value === '' ? 'vide' : `«\u00a0${f.value}\u00a0»`}\u00a0: ${f.message} ${f.remedy}`;

const SHOWN = 40;
function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`  … et ${formatNumber(lines.length - SHOWN)} de plus`] : [];
  return ['', `${title} (${formatNumber(lines.length)})`, ...lines.slice(0, SHOWN).map((line) => `  ${line}`), ...more];
}

/** What a file would do, for a terminal: the counts first, then each kind of row, then the faults. */
export function importPreviewText(preview: ImportPreview): string {
  const rows = (action: RowPlan['action']): RowPlan[] => preview.rows.filter((r) => r.action === action);
  const detailed = (r: RowPlan): string => [`ligne ${r.row}\u00a0: ${r.label}`, ...r.changes.map((c) => `    ${changeSentence(c)}`)].join('\n  ');
  return [
    `${preview.fileName}\u00a0: ${plural(preview.rowCount, 'ligne', 'lignes')}, faits vrais au ${formatDate(preview.effectiveOn)}`,
    countsSentence(preview.counts),
    ...(preview.ignoredColumns.length > 0 ? [`Colonnes non lues\u00a0: ${preview.ignoredColumns.join(', ')}`] : []),
    ...list('À créer', rows('create').map((r) => `ligne ${r.row}\u00a0: ${r.label}`)),
    ...list('À modifier', rows('change').map(detailed)),
    ...list('À fermer', rows('close').map(detailed)),
    ...list('À corriger', preview.faults.map(faultSentence)),
    ...list('À vérifier, sans empêcher l’import', preview.doubts.map(faultSentence)),
  ].join('\n');
}

/** What an import did, for a terminal. */
export function importOutcomeText(outcome: ImportOutcome): string {
  const { created, changed, closed, unchanged, refused } = outcome.counts;
  const nothing = created + changed + closed === 0;
  return [
    nothing
      ? `${outcome.fileName}\u00a0: le répertoire disait déjà tout cela, rien n’a changé (${plural(unchanged, 'structure', 'structures')}).`
      : `${outcome.fileName}\u00a0: ${plural(created, 'structure créée', 'structures créées')}, ${plural(changed, 'modifiée', 'modifiées')}, ${plural(closed, 'fermée', 'fermées')}, ${formatNumber(unchanged)} sans changement.`,
    ...(refused > 0 ? [`${plural(refused, 'ligne laissée', 'lignes laissées')} de côté\u00a0:`, ...outcome.faults.map((f) => `  ${faultSentence(f)}`)] : []),
  ].join('\n');
}
