/**
 * `GET /api/following`: what happens in a response since the revision that a page shows, and who else is there. One statement when nothing moved:
 * the right to look is remembered for a minute, people present are in the memory of the process (docs/guides/offline.md).
 */
import { findActor, hashToken } from '../../domains/access/index.server.ts';
import { inPart, type Part, partOver } from '../../domains/access/index.ts';
import { writesAs } from '../../domains/entry/index.ts';
import { changesSince, placeOfResponse } from '../../domains/entry/index.server.ts';
import { isUuid, type AccountId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { yearIn } from '../form-values.ts';
import { sessionToken } from '../session-cookie.server.ts';
import type { Following, Other } from './follower.ts';

/** Milliseconds after which somebody who gives no sign of life is gone, and a right is looked up again. */
const PRESENT = 40_000;
const GRANTED = 60_000;
/** People and rights remembered at most. */
const MOST = 20_000;

interface Grant {
  readonly accountId: AccountId;
  readonly name: string;
  /** Of a guest by link. */
  readonly part: Part | null;
  readonly until: number;
}
interface Sign extends Other {
  readonly accountId: AccountId;
  readonly at: number;
}

export class Followers {
  private readonly grants = new Map<string, Grant>();
  private readonly signs = new Map<string, Map<string, Sign>>();

  /** Status and JSON body. */
  async answer(database: Database, url: URL, cookie: string | undefined, now = Date.now()): Promise<{ readonly status: number; readonly body: string }> {
    const responseId = url.searchParams.get('response');
    const revision = Number(url.searchParams.get('revision'));
    const dataYear = yearIn(url.searchParams.get('year'));
    const token = sessionToken(cookie);
    if (!isUuid(responseId) || !Number.isSafeInteger(revision) || dataYear === undefined) return { status: 400, body: '{}' };
    const grant = token && (await this.grant(database, token, responseId as ResponseId, now));
    if (!grant) return { status: 403, body: '{}' };
    const others = this.meet(responseId, hashToken(token), { accountId: grant.accountId, name: grant.name, dataYear, rubric: (url.searchParams.get('rubric') ?? '').slice(0, 40), at: now });
    const since = await changesSince(database.db, responseId as ResponseId, revision, grant.accountId);
    const following: Omit<Following, 'build'> = grant.part ? withinPart(grant.part, { ...since, others }) : { ...since, others };
    return { status: 200, body: JSON.stringify(following) };
  }

  private async grant(database: Database, token: string, responseId: ResponseId, now: number): Promise<Grant | undefined> {
    const name = `${hashToken(token)} ${responseId}`;
    const known = this.grants.get(name);
    if (known && known.until > now) return known;
    if (this.grants.size > MOST) this.grants.clear();
    const actor = await findActor(database.db, token);
    const place = actor?.charterAccepted ? await placeOfResponse(database.db, responseId) : undefined;
    if (!actor || !place) return undefined;
    const part = partOver(actor, place) ?? null;
    if (!part && !writesAs(actor, place)) return undefined;
    const grant: Grant = { accountId: actor.accountId, name: actor.displayName, part, until: now + GRANTED };
    // A link ends at once: its right is looked up each time.
    if (!part) this.grants.set(name, grant);
    return grant;
  }

  /** Notes that one is here; who else is, one line for each person. */
  private meet(responseId: string, session: string, sign: Sign): Other[] {
    if (this.signs.size > MOST) this.signs.clear();
    const here = this.signs.get(responseId) ?? this.signs.set(responseId, new Map()).get(responseId)!;
    for (const [other, { at }] of here) if (sign.at - at > PRESENT) here.delete(other);
    here.set(session, sign);
    const others = [...here.values()].filter((s) => s.accountId !== sign.accountId);
    return [...new Map(others.map((s) => [s.accountId, { name: s.name, dataYear: s.dataYear, rubric: s.rubric }])).values()];
  }
}

/** What a guest by link is told: of his questions, and of the people in his rubrics. */
const withinPart = (part: Part, told: Omit<Following, 'build'>): Omit<Following, 'build'> => ({
  revision: told.revision,
  changes: told.changes.filter((c) => inPart(part, c.dataYear, c.key)),
  conflicts: told.conflicts.filter((k) => inPart(part, k.dataYear, k.key)),
  others: told.others.filter((o) => part.dataYears.includes(o.dataYear) && part.rubrics.includes(o.rubric)),
});
