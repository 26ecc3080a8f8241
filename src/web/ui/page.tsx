/** Parts that every page is made of; they know no word of the domain. */
import type { ReactNode } from 'react';

export interface Crumb {
  readonly label: string;
  readonly to?: string;
}

/** Main column of a page: where one is, the title, a line, then the rest. `level` colours it (nation, region, department). */
export function Page(props: { title: string; lead?: ReactNode; crumbs?: readonly Crumb[]; level?: 'nation' | 'region' | 'department'; narrow?: boolean; children: ReactNode }) {
  return (
    <main id="contenu" className={props.narrow ? 'page narrow' : 'page'} data-level={props.level} tabIndex={-1}>
      <div className="page-head">
        {props.crumbs && props.crumbs.length > 0 && (
          <nav aria-label="Fil d’Ariane">
            <ol className="breadcrumb">
              {props.crumbs.map((crumb) => (
                <li key={crumb.label}>{crumb.to ? <a href={crumb.to}>{crumb.label}</a> : <span aria-current="page">{crumb.label}</span>}</li>
              ))}
            </ol>
          </nav>
        )}
        <h1>{props.title}</h1>
        {props.lead && <p className="lead">{props.lead}</p>}
      </div>
      {props.children}
    </main>
  );
}

export type Tone = 'good' | 'warn' | 'bad' | 'accent';

/** A short state in words; its colour only repeats what it says. */
export const Badge = (props: { tone?: Tone; children: ReactNode }) => <span className={`badge ${props.tone ?? ''}`}>{props.children}</span>;

/** Something to know before going on. `alert` interrupts a screen reader with it, `status` says it when the reader has finished its sentence. */
export const Notice = (props: { tone?: Tone; title?: string; alert?: boolean; status?: boolean; children: ReactNode }) => (
  <div className={`notice ${props.tone ?? ''}`} role={props.alert ? 'alert' : props.status ? 'status' : undefined}>
    {props.title && <h2>{props.title}</h2>}
    {props.children}
  </div>
);

/** List of what stops a form, with links to the fields (GOV.UK error summary pattern). */
export function ErrorSummary(props: { title?: string; errors: readonly { readonly id?: string; readonly message: string }[] }) {
  if (props.errors.length === 0) return null;
  return (
    <Notice tone="bad" alert title={props.title ?? 'À corriger avant de continuer'}>
      <ul>
        {props.errors.map((error) => (
          <li key={`${error.id}-${error.message}`}>{error.id ? <a href={`#${error.id}`}>{error.message}</a> : error.message}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** A labelled control with its help and its error, tied together for screen readers. */
export function Field(props: { id: string; label: ReactNode; help?: ReactNode; error?: string | undefined; children: (aria: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode }) {
  const describedBy = [props.help && `${props.id}-aide`, props.error && `${props.id}-erreur`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={props.id}>{props.label}</label>
      {props.help && (
        <p className="help" id={`${props.id}-aide`}>
          {props.help}
        </p>
      )}
      {props.error && (
        <p className="error" id={`${props.id}-erreur`}>
          {props.error}
        </p>
      )}
      {props.children({ id: props.id, ...(describedBy ? { 'aria-describedby': describedBy } : {}), ...(props.error ? { 'aria-invalid': true as const } : {}) })}
    </div>
  );
}

/** How far along: the number is written too. `value` and `max` in the same unit. */
export function Meter(props: { value: number; max: number; label: string }) {
  const percent = props.max > 0 ? Math.round((100 * props.value) / props.max) : 0;
  return (
    <span className="row" style={{ gap: '0.5rem', flexWrap: 'nowrap' }}>
      <span className="meter" role="img" aria-label={props.label}>
        <span style={{ width: `${percent}%` }} />
      </span>
      <span className="num small">{percent}&nbsp;%</span>
    </span>
  );
}

export const Section = (props: { title: string; id?: string; children: ReactNode }) => (
  <section className="section" aria-labelledby={props.id ? `${props.id}-titre` : undefined} id={props.id}>
    <h2 id={props.id ? `${props.id}-titre` : undefined}>{props.title}</h2>
    {props.children}
  </section>
);

/** A wide table scrolls inside its own frame, reachable by keyboard. */
export const TableFrame = (props: { label: string; children: ReactNode }) => (
  // oxlint-disable-next-line no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard (WCAG 2.1.1)
  <div className="table-wrap" role="region" aria-label={props.label} tabIndex={0}>
    {props.children}
  </div>
);

/** Nothing here yet: why, and what to do. */
export const Empty = (props: { children: ReactNode }) => <div className="empty stack">{props.children}</div>;

/** One large figure, its words, its base. Arrives already formatted. */
export const Tile = (props: { figure: string; label: ReactNode; base?: ReactNode }) => (
  <li className="tile">
    <span className="figure">{props.figure}</span>
    <span className="label">{props.label}</span>
    {props.base && <span className="base">{props.base}</span>}
  </li>
);
