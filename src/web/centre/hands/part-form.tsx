/** The form that gives rubrics by a link: for whom, which, until when. */
import { LONGEST_NAME, SHORTEST_NAME } from '../../../domains/access/index.ts';
import { Field } from '../../ui/page.tsx';
import styles from './hands.module.css';

interface Given {
  readonly forWhom: string;
  readonly rubrics: readonly string[];
  readonly dataYears: readonly number[];
  readonly lastDay: string;
}

export function PartForm(d: { readonly rubrics: readonly { readonly code: string; readonly label: string }[]; readonly dataYears: readonly number[]; readonly today: string; readonly closesOn: string | null; readonly given?: Given | undefined }) {
  const last = d.given?.lastDay ?? (d.closesOn !== null && d.closesOn > d.today ? d.closesOn : '');
  return (
    <form method="post" className="stack">
      <input type="hidden" name="intention" value="confier" />
      <Field id="pour" label="Pour qui" help="Vos mots : « trésorière », « cabinet comptable ». La personne donnera son nom en ouvrant le lien.">
        {(aria) => <input {...aria} name="pour" minLength={SHORTEST_NAME} maxLength={LONGEST_NAME} required defaultValue={d.given?.forWhom ?? ''} autoComplete="off" />}
      </Field>
      <fieldset className={styles.boxes}>
        <legend>Rubriques confiées</legend>
        {d.rubrics.map((r) => (
          <label key={r.code}>
            <input type="checkbox" name="rubrique" value={r.code} defaultChecked={d.given?.rubrics.includes(r.code) ?? false} /> {r.code}. {r.label}
          </label>
        ))}
      </fieldset>
      {d.dataYears.length > 1 ? (
        <fieldset className={styles.boxes}>
          <legend>Années de données</legend>
          {d.dataYears.map((year) => (
            <label key={year}>
              <input type="checkbox" name="annee" value={year} defaultChecked={d.given?.dataYears.includes(year) ?? true} /> {year}
            </label>
          ))}
        </fieldset>
      ) : (
        d.dataYears.map((year) => <input key={year} type="hidden" name="annee" value={year} />)
      )}
      <Field id="jusqu-au" label="Dernier jour" help="Le lien n’ouvre plus rien le lendemain. Vous pouvez le retirer avant.">
        {(aria) => <input {...aria} type="date" name="jusqu-au" required min={d.today} defaultValue={last} />}
      </Field>
      <p className="soft">La personne verra et remplira ces rubriques, avec leurs réponses de l’année précédente. Elle ne verra ni les autres, ni les fichiers, et ne transmettra pas.</p>
      <button className="button">Faire le lien</button>
    </form>
  );
}
