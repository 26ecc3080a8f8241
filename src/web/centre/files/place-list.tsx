/** Where each account, code, job, column or district of a file goes: shown, changed here, kept for next year. */
import { type ReactNode, useState } from 'react';
import type { Choices, Derived, Place, PlaceKind } from '../../../domains/proposal/index.ts';
import { TableFrame } from '../../ui/page.tsx';
import styles from './files.module.css';

const TITLES: { readonly [kind in PlaceKind]: { readonly title: string; readonly what: string; readonly where: string; readonly help: string } } = {
  month: { title: 'Mois sans déclaration', what: 'Mois', where: 'Ce qu’il en est', help: 'Ajoutez ces fichiers aux autres, ou dites que personne n’était employé.' },
  establishment: { title: 'Établissements de la paie', what: 'Établissement', where: 'Dans ce centre', help: 'Votre organisme déclare plusieurs établissements : gardez ceux de ce centre.' },
  account: { title: 'Comptes de produits et financeurs', what: 'Compte', where: 'Financeur', help: 'Classé d’après le libellé et le numéro du compte. Corrigez ce qui ne convient pas : votre classement est gardé pour l’an prochain (le numéro seul, sans le libellé).' },
  analytic: { title: 'Codes analytiques et finalités', what: 'Code', where: 'Finalité', help: 'Chaque charge suit son code analytique ; sans code, elle suit son compte.' },
  expense: { title: 'Comptes de charges et finalités', what: 'Compte', where: 'Finalité', help: 'Pour les charges sans code analytique. Ce qui n’est pas classé va dans « Non réparti ».' },
  job: { title: 'Emplois et fonctions', what: 'Emploi dans la paie', where: 'Fonction', help: 'Classé d’après le libellé de l’emploi, puis la profession déclarée. Votre classement est gardé pour l’an prochain, sans le libellé.' },
  column: { title: 'Colonnes de la liste', what: 'Colonne', where: 'Ce qu’elle contient', help: 'Reconnues d’après leur titre. Votre choix est gardé pour l’an prochain, sans le titre.' },
  residence: { title: 'Quartiers et communes', what: 'Quartier ou commune', where: 'Où c’est', help: 'Dites pour chacun s’il fait partie de votre territoire d’intervention. Ces noms ne quittent pas cet ordinateur : ils seront redemandés l’an prochain.' },
};
const ORDER = Object.keys(TITLES) as PlaceKind[];
/** Kinds for which nothing need be said. */
const FREE: readonly PlaceKind[] = ['expense', 'analytic', 'column'];

export function PlaceList(props: { readonly derived: Derived; readonly choices: Choices; readonly choose: (choices: Choices, changed: readonly [string, string]) => void }) {
  return ORDER.flatMap((kind) => {
    const places = props.derived.places.filter((p) => p.kind === kind);
    if (places.length === 0) return [];
    const waiting = FREE.includes(kind) ? 0 : places.filter((p) => p.chosen === null).length;
    const { title, what, where, help } = TITLES[kind];
    return [
      <Folded
        key={kind}
        open={waiting > 0}
        summary={
          <>
            {title} ({places.length}){waiting > 0 && <strong className={styles.waiting}> {waiting} à classer</strong>}
          </>
        }
      >
        <p className="soft">{help}</p>
        <TableFrame label={title}>
          <table className={styles.values}>
            <thead>
              <tr>
                <th scope="col">{what}</th>
                <th scope="col" className="num">
                  Ce qui en dépend
                </th>
                <th scope="col">{where}</th>
              </tr>
            </thead>
            <tbody>
              {places.map((place) => (
                <PlaceRow key={place.id} place={place} title={where} options={props.derived.options[kind] ?? []} choose={(code) => props.choose(changed(props.choices, place, code), [place.id, code])} />
              ))}
            </tbody>
          </table>
        </TableFrame>
      </Folded>,
    ];
  });
}

/** What is folded is drawn when it is first opened: hundreds of choices stand in it. It stays as the person left it. */
function Folded(props: { readonly open: boolean; readonly summary: ReactNode; readonly children: ReactNode }) {
  const [open, setOpen] = useState(props.open);
  return (
    <details className={styles.places} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{props.summary}</summary>
      {open && props.children}
    </details>
  );
}

/** For a column `''` is a choice (it serves nothing); elsewhere it goes back to what is known by default. */
function changed(choices: Choices, place: Place, code: string): Choices {
  const { [place.id]: _, ...others } = choices;
  return code === '' && place.kind !== 'column' ? others : { ...others, [place.id]: code };
}

function PlaceRow(props: { readonly place: Place; readonly title: string; readonly options: readonly { readonly code: string; readonly label: string }[]; readonly choose: (code: string) => void }) {
  const { place } = props;
  return (
    <tr>
      <th scope="row">{place.label}</th>
      <td className="num" data-label="Ce qui en dépend">
        {place.weight}
      </td>
      <td>
        <select aria-label={`${props.title} : ${place.label}`} value={place.chosen ?? ''} onChange={(event) => props.choose(event.currentTarget.value)}>
          {place.kind !== 'column' && <option value="">{FREE.includes(place.kind) ? 'Pas classé' : 'À classer'}</option>}
          {props.options.map((option) => (
            <option key={option.code} value={option.code}>
              {option.label}
            </option>
          ))}
        </select>
        {place.by === 'person' && <span className={styles.byYou}>choisi par vous</span>}
      </td>
    </tr>
  );
}
