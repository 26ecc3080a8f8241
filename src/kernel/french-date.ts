/** Dates as French readers write them. Dates of the domain are ISO texts (`2017-03-01`), without time or zone. */
const MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

/** True for an existing day written `YYYY-MM-DD`. */
export function isIsoDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** Reads `01/03/2017`, `1-3-2017`, `1.3.2017` or `2017-03-01` to ISO; undefined when it is no existing day. */
export function parseFrenchDate(text: string): string | undefined {
  const trimmed = text.trim();
  const french = /^(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})$/.exec(trimmed);
  const iso = french ? `${french[3]}-${french[2]!.padStart(2, '0')}-${french[1]!.padStart(2, '0')}` : trimmed;
  return isIsoDate(iso) ? iso : undefined;
}

/** `1er mars 2017` from an ISO date. */
export function formatDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return `${day === 1 ? '1er' : day} ${MONTHS[month! - 1]} ${year}`;
}

/** `01/03/2017` from an ISO date. */
export const formatShortDate = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/');
