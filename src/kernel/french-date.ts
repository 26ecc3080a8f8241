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

/** `1er mars 2017` from an ISO date; the day stays on the line of its month. */
export function formatDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number);
  return `${day === 1 ? '1er' : day}\u00a0${MONTHS[month! - 1]} ${year}`;
}

/** `14 h 05`, the clock of Paris whatever the zone of the device, from an instant (ISO 8601). */
export const formatClock = (instant: string): string => new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Paris' }).format(new Date(instant)).replace(':', ' h ');

/** Day in Paris (`YYYY-MM-DD`) of an instant: a little before midnight UTC is already tomorrow there. */
export const parisDay = (instant: Date): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(instant);

/** `1er mars 2017 à 14 h 05 (heure de Paris)` from an instant (ISO 8601). */
export const formatInstant = (instant: string): string => `${formatDate(parisDay(new Date(instant)))} à ${formatClock(instant)} (heure de Paris)`;

/** `01/03/2017` from an ISO date. */
export const formatShortDate = (iso: string): string => iso.slice(0, 10).split('-').reverse().join('/');
