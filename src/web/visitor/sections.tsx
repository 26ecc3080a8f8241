/** The sections of a brochure on screen: the same figures, words and drawings as on paper, each drawing with its table. */
import type { CSSProperties } from 'react';
import type { Chart } from '../../charts/chart.ts';
import type { Block, Section as SectionModel, Tile } from '../../domains/publication/index.ts';
import { NBSP, NNBSP } from '../../kernel/french-number.ts';
import styles from './sections.module.css';

/** Columns of words are not set to the right. */
const isWords = (chart: Chart, column: number): boolean => !chart.table.rows.some((row) => /\d/.test(row[column] ?? ''));

function ChartTable({ chart }: { chart: Chart }) {
  return (
    <details className={styles.data}>
      <summary>
        Les données<span className="visually-hidden">{` : ${chart.title}`}</span>
      </summary>
      <div className={styles.scroll} {...(chart.table.rows.length > 12 ? { role: 'region', 'aria-label': `Données : ${chart.title}`, tabIndex: 0 } : {})}>
        <table className={`table small ${styles.table}`} data-words={isWords(chart, 1) ? '' : undefined}>
          <thead>
            <tr>
              {chart.table.columns.map((column, n) => (
                <th key={column || n} scope="col">
                  {column || <span className="visually-hidden">Réponse</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {chart.table.rows.map((cells) => (
              <tr key={cells.join('|')}>
                {cells.map((cell, n) =>
                  n === 0 ? (
                    <th key={n} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={n}>{cell}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

/** The page already says the face of its words and the language of its drawings. */
const onScreen = (svg: string): string => svg.replace(/ xmlns="[^"]*"/, '').replace(/ font-family="[^"]*"/, '');

/** A drawing with its finding above, its source below, its table behind. `narrow`: drawn again for small screens. */
export function ChartFigure({ chart, narrow }: { chart: Chart; narrow?: Chart | undefined }) {
  return (
    <figure className={styles.figure}>
      <figcaption>
        <strong>{chart.title}</strong>
        <span>{chart.subtitle}</span>
      </figcaption>
      <div className={narrow ? styles.wide : styles.drawing} style={{ maxWidth: `${Math.round(Math.max(chart.width * 1.25, Math.min(470, chart.width * 1.75)))}px` }} dangerouslySetInnerHTML={{ __html: onScreen(chart.svg) }} />
      {narrow && <div className={styles.narrow} dangerouslySetInnerHTML={{ __html: onScreen(narrow.svg) }} />}
      <p className={styles.source}>{`Source : ${chart.source}`}</p>
      <ChartTable chart={chart} />
    </figure>
  );
}

/** A large number; a long one is written smaller so that it stays on its line. */
export const FigureTile = ({ tile }: { tile: Tile }) => (
  <li className="tile">
    <span className={tile.figure.length > 8 ? `figure ${styles.long}` : 'figure'}>{tile.figure.replaceAll(NNBSP, NBSP)}</span>
    <span className="label">{tile.label}</span>
    <span className="base">{tile.base}</span>
  </li>
);

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'tiles':
      return (
        <ul className={`tiles ${styles.tiles}`} style={{ '--per-row': block.perRow } as CSSProperties}>
          {block.tiles.map((tile) => (
            <FigureTile key={tile.label} tile={tile} />
          ))}
        </ul>
      );
    case 'chart':
      return <ChartFigure chart={block.chart} narrow={block.narrow} />;
    case 'text':
      return (
        <div className="stack">
          {block.paragraphs.map((p) => (
            <p key={p}>{p}</p>
          ))}
        </div>
      );
    case 'heading':
      return <h3>{block.text}</h3>;
    case 'box':
      return (
        <aside className={styles.box}>
          <h3>{block.title}</h3>
          {block.paragraphs.map((p) => (
            <p key={p}>{p}</p>
          ))}
          {block.author && <p className="small soft">{block.author}</p>}
        </aside>
      );
    case 'bullets':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
    case 'signatures':
      return (
        <ul className={styles.plain}>
          {block.people.map((p) => (
            <li key={p.role}>
              {p.name && <strong>{p.name}</strong>} {p.role}
            </li>
          ))}
        </ul>
      );
    case 'names':
      return (
        <ul className={styles.names}>
          {block.entries.map((e) => (
            <li key={`${e.commune} ${e.name}`}>
              <strong>{e.commune}</strong> {e.name}
            </li>
          ))}
        </ul>
      );
    case 'inventory':
      return (
        <ul className={styles.names}>
          {block.entries.map((e) => (
            <li key={e.label}>{`${e.label} : ${e.text} (${e.base})`}</li>
          ))}
        </ul>
      );
    case 'contacts':
      return (
        <ul className={styles.plain}>
          {block.contacts.map((c) => (
            <li key={c.name}>
              <strong>{c.name}</strong>
              {c.lines.map((line) => (
                <div key={line}>{line}</div>
              ))}
            </li>
          ))}
        </ul>
      );
  }
}

export function SectionView({ section }: { section: SectionModel }) {
  return (
    <section className={`section ${styles.section}`} id={section.id} aria-labelledby={`${section.id}-titre`}>
      <h2 id={`${section.id}-titre`}>{section.title}</h2>
      {section.lead && <p className="soft">{section.lead}</p>}
      {section.rows.map((row, n) => (
        <div key={n} className={styles.row} data-columns={row.length}>
          {row.map((column, k) => (
            <div key={k} className={styles.column}>
              {column.map((block, b) => (
                <BlockView key={b} block={block} />
              ))}
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}
