/** A question that is a table: one field per cell, totals at the foot. On a phone each row becomes a block, its columns named again. */
import { cellOf, fieldName, formatCell, presentField, unitLabel } from '../../domains/questionnaire/index.ts';
import type { QuestionProps } from './question-field.tsx';
import styles from './centre.module.css';
import { useTablePaste } from './table-paste.ts';
import { cellInputOf, keyboardOf } from './typed.ts';

export function TableField(props: QuestionProps & { readonly id: string }) {
  const { question, typed, answer, previous, disabled, id } = props;
  const { rows, columns, total } = question.table!;
  const boolean = columns.some((c) => c.kind === 'boolean');
  const invalid = props.error ? (true as const) : undefined;
  const paste = useTablePaste(question);
  return (
    <>
      {boolean && <input type="hidden" name={presentField(question.key)} value="1" />}
      <table className={styles.grid} aria-labelledby={id} onPaste={paste.onPaste} onKeyDown={paste.onKeyDown}>
        <thead>
          <tr>
            <td />
            {columns.map((c) => (
              <th key={c.code} scope="col" className={c.kind === 'boolean' ? styles.tick : 'num'}>
                {c.label}
                {c.kind !== 'boolean' && unitLabel(c.unit) && unitLabel(c.unit).toLowerCase() !== c.label.toLowerCase() && <small> ({unitLabel(c.unit)})</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row">{row.label}</th>
              {columns.map((c) => {
                const name = fieldName(question.key, row.code, c.code);
                const before = cellOf(previous, row.code, c.code);
                const given = cellInputOf(question, c, row.code, answer, typed);
                return (
                  <td key={c.code} data-label={c.label} className={c.kind === 'boolean' ? styles.tick : 'num'}>
                    {c.kind === 'boolean' ? (
                      <>
                        <input type="checkbox" name={name} value="1" defaultChecked={given !== ''} aria-label={`${row.label}, ${c.label}`} disabled={disabled} />
                        {before === true && <span className={styles.cellBefore}>coché en {props.previousYear}</span>}
                      </>
                    ) : (
                      <>
                        <input type="text" name={name} size={9} inputMode={keyboardOf(c.kind)} autoComplete="off" className={styles.number} defaultValue={given} aria-label={`${row.label}, ${c.label}`} aria-invalid={invalid} disabled={disabled} />
                        {before !== undefined && (
                          <span className={styles.cellBefore}>
                            {props.previousYear}&nbsp;: {formatCell(c, before)}
                          </span>
                        )}
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              {columns.map((c) => (
                <td key={c.code} data-label={c.label} className="num" data-total={c.code}>
                  {total[c.code] !== undefined && (
                    <>
                      <strong>{props.totals[c.code]?.text ?? '—'}</strong>
                      {props.totals[c.code]?.declared && <span className={styles.cellBefore}>{props.totals[c.code]!.declared}</span>}
                    </>
                  )}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      <p className={styles.pasted} role="status">
        {paste.said}{' '}
        {paste.undoable && (
          <button type="button" className="button quiet" onClick={paste.undo}>
            Annuler le collage
          </button>
        )}
      </p>
    </>
  );
}
