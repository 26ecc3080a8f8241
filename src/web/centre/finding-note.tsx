/** What a check says beside a question, and the place to explain a value that is right though unusual. */
import { explanationField, type FindingView } from './findings-view.ts';
import styles from './centre.module.css';

export function FindingNote({ finding, disabled, nameOf }: { readonly finding: FindingView; readonly disabled: boolean; readonly nameOf: (key: string) => string }) {
  const name = explanationField(finding);
  const id = name.replaceAll(/[^\w-]/g, '-');
  return (
    <div className={`${styles.finding} ${finding.severity === 'hard' ? styles.hard : finding.settled ? styles.settled : ''}`}>
      <p>
        <strong>{finding.severity === 'hard' ? 'À corriger' : finding.settled ? 'Expliqué' : 'À vérifier'}&nbsp;:</strong> {finding.message}
        {finding.detail && ` ${finding.detail}`}
      </p>
      {finding.elsewhere.length > 0 && <p className="small">Voir aussi&nbsp;: {finding.elsewhere.map(nameOf).join(' · ')}</p>}
      {disabled && finding.justification && <p>Explication donnée&nbsp;: {finding.justification}</p>}
      {finding.explainable && !disabled && (
        <>
          <label htmlFor={id}>Si la valeur est juste, dites pourquoi</label>
          <textarea id={id} name={name} rows={2} defaultValue={finding.justification ?? ''} data-explanation="" />
        </>
      )}
    </div>
  );
}
