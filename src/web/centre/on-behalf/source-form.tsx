/** Said once, before the first value: where the answers come from, who gave them, when. */
import { SUPPORT_LABELS, SUPPORTS } from '../../../domains/entry/index.ts';
import { Field, Notice } from '../../ui/page.tsx';

export interface SourceFormProps {
  readonly today: string;
  readonly earlier: readonly { readonly words: string; readonly to: string }[];
  readonly failed?: { readonly error: string; readonly support: string; readonly person: string; readonly givenOn: string } | undefined;
}

export const SourceForm = ({ today, earlier, failed }: SourceFormProps) => (
  <>
    {failed && (
      <Notice tone="bad" alert>
        <p>{failed.error}</p>
      </Notice>
    )}
    <form method="post" className="stack">
      <fieldset className="field">
        <legend>D’où viennent ces réponses&nbsp;?</legend>
        {SUPPORTS.map((support) => (
          <label key={support} className="choice">
            <input type="radio" name="support" value={support} defaultChecked={(failed?.support ?? 'paper') === support} />
            {SUPPORT_LABELS[support]}
          </label>
        ))}
      </fieldset>
      <Field id="personne" label="Qui les donne" help="Au téléphone, la personne qui répond. Sur papier, qui l’a rempli, s’il le dit. Un nom ou une fonction.">
        {(aria) => <input {...aria} name="personne" type="text" maxLength={80} autoComplete="off" defaultValue={failed?.person} />}
      </Field>
      <Field id="jour" label="Jour de l’appel, ou de réception du papier">
        {(aria) => <input {...aria} name="jour" type="date" max={today} required defaultValue={failed?.givenOn || today} />}
      </Field>
      <p className="help">Cette provenance est gardée avec chaque valeur, et la structure la lit quand elle relit.</p>
      <p>
        <button className="button" name="intention" value="source">
          Commencer la saisie
        </button>
      </p>
    </form>
    {earlier.length > 0 && (
      <>
        <h2>Ou reprendre</h2>
        <ul>
          {earlier.map((s) => (
            <li key={s.to}>
              <a href={s.to}>{s.words}</a>
            </li>
          ))}
        </ul>
      </>
    )}
  </>
);
