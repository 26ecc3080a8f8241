/** The rooms of one version, the same on each of its pages. */
import styles from './studio.module.css';
import { versionPath } from './words.ts';

const ROOMS = [['', 'Questions et contrôles'], ['/modules', 'Thèmes et modules locaux'], ['/differences', 'Ce qui change'], ['/apercu', 'Aperçu'], ['/errata', 'Errata'], ['/journal', 'Journal']] as const;

export const StudioNav = ({ year, here }: { readonly year: number; readonly here: string }) => (
  <nav aria-label={`Questionnaire ${year}`}>
    <ul className={styles.rooms}>
      {ROOMS.map(([path, label]) => (
        <li key={path}>
          <a href={versionPath(year) + path} aria-current={path === here ? 'page' : undefined}>{label}</a>
        </li>
      ))}
    </ul>
  </nav>
);

export const studioCrumbs = (year: number, ...more: readonly { readonly label: string; readonly to?: string }[]) => [
  { label: 'Questionnaires', to: '/national/questionnaires' },
  ...(more.length > 0 ? [{ label: String(year), to: versionPath(year) }, ...more] : [{ label: String(year) }]),
];
