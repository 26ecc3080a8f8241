/** Structures that a session may invite, each with how far it is. */
import { type SessionCentre, stateLabel } from '../../domains/entry/index.ts';

export const ChooseCentres = ({ centres, chosen }: { readonly centres: readonly SessionCentre[]; readonly chosen: readonly string[] }) => (
  <fieldset className="field">
    <legend>Structures à inviter</legend>
    {centres.map((c) => (
      <label key={c.responseId} className="choice">
        <input type="checkbox" name="structure" value={c.responseId} defaultChecked={chosen.includes(c.responseId)} />
        <span>
          {c.structureName}
          <span className="soft small">
            {' '}
            {c.communeName && `${c.communeName}, `}
            {stateLabel(c.state).toLowerCase()}
          </span>
        </span>
      </label>
    ))}
  </fieldset>
);
