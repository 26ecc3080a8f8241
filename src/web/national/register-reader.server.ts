/** Who may consult the register of a territory or of a structure, beyond what is public: those who follow it, and the structure itself. */
import type { RouterContextProvider } from 'react-router';
import { type Actor, correspondentSide, isDataSteward, mayEnter, runsTheCampaign, territorySide } from '../../domains/access/index.ts';
import { placeOf, territory } from '../../domains/registry/index.server.ts';
import type { Territory } from '../../domains/registry/index.ts';
import { isUuid } from '../../kernel/identifier.ts';
import { parseTerritoryCode } from '../../kernel/territory-code.ts';
import type { Db } from '../../platform/database.server.ts';
import { refusal, requireActor, services } from '../request-context.ts';

type Context = Readonly<RouterContextProvider>;

export async function registerTerritory(context: Context, request: Request, code: string): Promise<{ readonly db: Db; readonly actor: Actor; readonly territory: Territory }> {
  const { db } = services(context);
  const actor = requireActor(context, request);
  const found = await territory(db, parseTerritoryCode(code) ?? '');
  if (!found) throw refusal('Ce territoire n’est pas connu. Vérifiez son code (62 pour un département, C62510 pour une commune).', 404);
  if (!runsTheCampaign(actor) && !territorySide(actor, found.ancestors) && !isDataSteward(actor, found.ancestors)) throw refusal('Le répertoire d’un territoire est ouvert à ses correspondants et à l’équipe nationale.');
  return { db, actor, territory: found };
}

/** `decides`: may accept or refuse the changes that the structure proposes. */
export async function registerStructure(context: Context, request: Request, id: string): Promise<{ readonly db: Db; readonly actor: Actor; readonly decides: boolean; readonly ancestors: readonly string[] }> {
  const { db } = services(context);
  const actor = requireActor(context, request);
  const place = isUuid(id) ? await placeOf(db, id) : undefined;
  if (!place) throw refusal('Cette structure n’est pas au répertoire.', 404);
  const decides = runsTheCampaign(actor) || correspondentSide(actor, place) !== undefined;
  if (!decides && !mayEnter(actor, place.structureId) && !isDataSteward(actor, place.ancestors)) throw refusal('La fiche d’une structure est ouverte à elle-même, à ses correspondants et à l’équipe nationale.');
  return { db, actor, decides, ancestors: place.ancestors };
}
