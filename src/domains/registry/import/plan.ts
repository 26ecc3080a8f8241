/**
 * What a register file would do, decided without touching anything: each row creates, changes, closes or leaves a structure as it is.
 * A row finds its structure by its identifiers, else by its kind, name and commune. What the file does not say stays as it was; a structure that the file
 * does not name is left alone: absence closes nothing.
 */
import { formatShortDate } from '../../../kernel/french-date.ts';
import { newId, type StructureId } from '../../../kernel/identifier.ts';
import { CONTACT_LABELS, FACT_LABELS, showFact } from '../fact-words.ts';
import { APPROVAL_KINDS, IDENTIFIER_LABELS, labelOf, STRUCTURE_STATUSES } from '../labels.ts';
import type { Approval, Contact, ManagingBody, StructureFacts, StructureIdentifier } from '../model.ts';
import { normaliseName } from '../normalised-name.ts';
import { differing, splice, type TimelineVersion, versionOn } from '../timeline.ts';
import type { Header } from './columns.ts';
import type { ImportFault, ReadRow } from './parsing.ts';

/** One structure as the register knows it before the import. */
export interface Known {
  readonly id: StructureId;
  readonly history: readonly TimelineVersion[];
  readonly identifiers: readonly StructureIdentifier[];
  readonly approvals: readonly Approval[];
}

export interface PlanInput {
  readonly rows: readonly ReadRow[];
  readonly header: Header;
  readonly effectiveOn: string;
  readonly structures: readonly Known[];
  readonly bodies: readonly ManagingBody[];
  readonly communeName: (code: string) => string;
  readonly kindLabel: (code: string) => string;
  readonly networkLabel: (code: string) => string;
}

export interface FieldChange {
  readonly field: string;
  /** What people read; null: nothing known. */
  readonly old: string | null;
  readonly new: string | null;
}
export type RowAction = 'create' | 'change' | 'close' | 'unchanged';
export interface RowPlan {
  readonly row: number;
  readonly action: RowAction;
  readonly structureId: StructureId;
  /** « Centre social Brassens (Liévin) » */
  readonly label: string;
  readonly changes: readonly FieldChange[];
}

/** What is to be written, gathered over all rows. */
export interface Writes {
  readonly newStructures: StructureId[];
  readonly versions: TimelineVersion[];
  readonly newBodies: ManagingBody[];
  readonly renamedBodies: { readonly id: string; readonly name: string }[];
  readonly identifiers: (StructureIdentifier & { readonly structureId: StructureId })[];
  /** A Siret or file number replaced by another one stays findable as an earlier identifier. */
  readonly retired: StructureIdentifier[];
  readonly approvals: (Approval & { readonly structureId: StructureId })[];
  readonly removedApprovals: { readonly structureId: StructureId; readonly kind: string; readonly startsOn: string }[];
}

export interface Plan {
  readonly rows: readonly RowPlan[];
  readonly faults: readonly ImportFault[];
  readonly writes: Writes;
}

const dayBefore = (iso: string): string => new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const period = (a: Approval): string => (a.endsOn ? `du ${formatShortDate(a.startsOn)} au ${formatShortDate(a.endsOn)}` : `depuis le ${formatShortDate(a.startsOn)}`);
const nameKey = (kind: string, name: string, commune: string): string => `${kind}|${normaliseName(name)}|${commune}`;
const bodyKey = (body: { readonly siren: string | null; readonly name: string; readonly communeCode: string | null }): string =>
  body.siren ? `siren:${body.siren}` : `name:${normaliseName(body.name)}|${body.communeCode ?? ''}`;

/** The plan of a file; the same file over the register that it has made plans nothing. */
export function planImport(input: PlanInput): Plan {
  return new Planner(input).plan();
}

class Planner {
  private readonly input: PlanInput;
  private readonly faults: ImportFault[] = [];
  private readonly writes: Writes = { newStructures: [], versions: [], newBodies: [], renamedBodies: [], identifiers: [], retired: [], approvals: [], removedApprovals: [] };
  private readonly byIdentifier = new Map<string, Known>();
  private readonly byValue = new Map<string, Known>();
  private readonly byName = new Map<string, Known[]>();
  private readonly bodies = new Map<string, ManagingBody>();
  private readonly bodyById = new Map<string, ManagingBody>();
  /** First row that spoke of a structure, an identifier, a SIREN. */
  private readonly taken = new Map<string, number>();
  private readonly newName = new Map<string, string>();

  constructor(input: PlanInput) {
    this.input = input;
    for (const known of input.structures) {
      const now = versionOn(known.history, input.effectiveOn);
      const key = nameKey(now.kind, now.name, now.communeCode);
      this.byName.set(key, [...(this.byName.get(key) ?? []), known]);
      for (const i of known.identifiers) {
        this.byIdentifier.set(`${i.scheme}|${i.value}`, known);
        this.byValue.set(i.value, known);
      }
    }
    for (const body of input.bodies) {
      this.bodies.set(bodyKey(body), body);
      this.bodyById.set(body.id, body);
    }
  }

  plan(): Plan {
    const rows = this.input.rows.flatMap((row) => this.planRow(row) ?? []);
    return { rows, faults: this.faults, writes: this.writes };
  }

  private fault(row: ReadRow, field: Parameters<Header['titles']['get']>[0], value: string, message: string, remedy: string): undefined {
    this.faults.push({ row: row.row, column: this.input.header.titles.get(field) ?? '(ligne)', value, message, remedy });
  }

  private planRow(row: ReadRow): RowPlan | undefined {
    const known = this.find(row);
    if (known === 'fault' || !this.free(row, known)) return undefined;
    if (!this.bodyIsConsistent(row)) return undefined;
    return known ? this.change(row, known) : this.create(row);
  }

  /** The structure that the row speaks of, `undefined` for a new one. */
  private find(row: ReadRow): Known | 'fault' | undefined {
    const found = row.identifiers.flatMap((i) => {
      const known = this.byIdentifier.get(`${i.scheme}|${i.value}`) ?? this.byIdentifier.get(`earlier|${i.value}`) ?? (i.scheme === 'earlier' ? this.byValue.get(i.value) : undefined);
      return known ? [{ ...i, known }] : [];
    });
    const [first] = found;
    const other = found.find((f) => f.known !== first?.known);
    if (first && other) {
      const say = (f: typeof first): string => `${IDENTIFIER_LABELS[f.scheme]} ${f.value} est celui de « ${this.nameOf(f.known)} »`;
      this.fault(row, other.scheme as 'siret', other.value, `${say(first)}, ${say(other)}.`, 'Gardez l’identifiant de la structure dont parle la ligne, retirez l’autre.');
      return 'fault';
    }
    if (first) return first.known;
    const { kind, name, communeCode } = row.facts;
    if (!name || !communeCode || !kind) return undefined;
    const alike = (this.byName.get(nameKey(kind, name, communeCode)) ?? []).filter((k) => row.identifiers.every((i) => i.scheme === 'earlier' || !k.identifiers.some((j) => j.scheme === i.scheme)));
    if (alike.length > 1) {
      this.fault(row, 'name', name, `${alike.length} structures du répertoire portent ce nom dans cette commune.`, 'Ajoutez un identifiant (Siret, numéro Caf ou code structure) pour dire de laquelle il s’agit.');
      return 'fault';
    }
    return alike[0];
  }

  private nameOf = (known: Known): string => versionOn(known.history, this.input.effectiveOn).name;

  /** No two rows speak of one structure, and no two new structures share an identifier. */
  private free(row: ReadRow, known: Known | undefined): boolean {
    const { kind, name, communeCode } = row.facts;
    const identifiers = row.identifiers.map((i) => `${i.scheme}|${i.value}`);
    const keys = known ? [`id:${known.id}`, ...identifiers] : identifiers.length > 0 ? identifiers : name && communeCode ? [nameKey(kind ?? '', name, communeCode)] : [];
    const before = keys.map((key) => this.taken.get(key)).find((n) => n !== undefined);
    if (before !== undefined) {
      const first = row.identifiers[0];
      this.fault(row, (first?.scheme as 'siret' | undefined) ?? 'name', first?.value ?? name ?? '', `La ligne ${before} parle déjà de cette structure.`, 'Gardez une seule ligne par structure.');
      return false;
    }
    for (const key of keys) this.taken.set(key, row.row);
    return true;
  }

  private bodyIsConsistent(row: ReadRow): boolean {
    if (!row.body?.siren) return true;
    const { siren, name } = row.body;
    const said = this.newName.get(siren);
    if (name && said && normaliseName(said) !== normaliseName(name)) {
      this.fault(row, 'body', name, `Plus haut, le Siren ${siren} est celui de « ${said} ».`, 'Écrivez le même nom de gestionnaire pour un même Siren, ou corrigez le Siren.');
      return false;
    }
    if (!name && !said && !this.bodies.has(`siren:${siren}`)) {
      this.fault(row, 'body_siren', siren, 'Ce Siren n’est pas encore connu du répertoire.', 'Donnez aussi le nom du gestionnaire.');
      return false;
    }
    if (name && !said) this.newName.set(siren, name);
    return true;
  }

  private create(row: ReadRow): RowPlan | undefined {
    const { kind, name, communeCode } = row.facts;
    if (!name) return this.fault(row, 'name', '', 'Le nom manque, et aucun identifiant connu ne dit de quelle structure il s’agit.', 'Donnez le nom de la structure.');
    if (!kind) return this.fault(row, 'kind', '', 'Le type manque pour une nouvelle structure.', 'Écrivez CS (centre social) ou EVS (espace de vie sociale).');
    if (!communeCode || !row.departmentCode) return this.fault(row, 'commune', '', 'La commune manque pour une nouvelle structure.', 'Donnez le code Insee, ou la commune et le département.');
    const id = newId<StructureId>();
    const body = this.bodyOf(row, communeCode);
    const starts = [this.input.effectiveOn, ...row.approvals.map((a) => a.startsOn), ...(row.facts.firstApprovalYear ? [`${row.facts.firstApprovalYear}-01-01`] : [])];
    // what is known first is held true since the first approval
    const validFrom = starts.toSorted()[0]!;
    const closed = row.status === 'closed' || row.status === 'merged';
    const endsOn = row.closedOn ?? this.input.effectiveOn;
    const contact = Object.fromEntries(Object.entries(row.contact).filter(([, v]) => v)) as Contact;
    const first: TimelineVersion = {
      ...EMPTY, ...row.facts, kind, name, communeCode, departmentCode: row.departmentCode, contact, managingBodyId: body?.id ?? null,
      structureId: id, validFrom, validTo: null, status: closed && endsOn > validFrom ? 'active' : (row.status ?? 'active'),
    };
    this.writes.newStructures.push(id);
    this.writes.versions.push(...apply([first], closed && endsOn > validFrom ? splice([first], endsOn, { status: row.status }) : [first]));
    for (const i of row.identifiers) this.writes.identifiers.push({ ...i, structureId: id });
    for (const a of row.approvals) this.writes.approvals.push({ ...a, structureId: id });
    return { row: row.row, action: 'create', structureId: id, label: this.label(name, communeCode), changes: [] };
  }

  private change(row: ReadRow, known: Known): RowPlan {
    const { effectiveOn } = this.input;
    const now = versionOn(known.history, effectiveOn);
    const communeCode = row.facts.communeCode ?? now.communeCode;
    const contact = { ...now.contact, ...row.contact };
    const keptContact = Object.fromEntries(Object.entries(contact).filter(([, v]) => v)) as Contact;
    const body = row.body === undefined ? undefined : this.bodyOf(row, communeCode, now.managingBodyId);
    const wanted = {
      ...row.facts,
      ...(row.departmentCode ? { departmentCode: row.departmentCode } : {}),
      ...(sameContact(now.contact, keptContact) ? {} : { contact: keptContact }),
      ...(row.body === undefined ? {} : { managingBodyId: body?.id ?? null }),
    };
    const changes = this.factChanges(now, differing(now, wanted), row);
    let history = apply(known.history, splice(known.history, effectiveOn, wanted));
    const statusOn = row.closedOn ?? effectiveOn;
    const closes = row.status !== undefined && versionOn(known.history, statusOn).status !== row.status;
    if (row.status && closes) {
      changes.push({ field: FACT_LABELS.status, old: labelOf(STRUCTURE_STATUSES, versionOn(known.history, statusOn).status), new: `${labelOf(STRUCTURE_STATUSES, row.status)} le ${formatShortDate(statusOn)}` });
      history = apply(history, splice(history, statusOn, { status: row.status }));
    }
    this.writes.versions.push(...history.filter((v) => !known.history.some((k) => JSON.stringify(k) === JSON.stringify(v))));
    changes.push(...this.identifierChanges(row, known), ...this.approvalChanges(row, known), ...this.renaming(row, now.managingBodyId, body));
    const action: RowAction = changes.length === 0 ? 'unchanged' : closes && (row.status === 'closed' || row.status === 'merged') ? 'close' : 'change';
    return { row: row.row, action, structureId: known.id, label: this.label(row.facts.name ?? now.name, communeCode), changes };
  }

  private label = (name: string, communeCode: string): string => `${name} (${this.input.communeName(communeCode)})`;

  private factChanges(now: TimelineVersion, news: ReturnType<typeof differing>, row: ReadRow): FieldChange[] {
    const show = (fact: string, value: unknown): string | null => this.show(fact, value);
    return Object.entries(news).flatMap(([fact, value]): FieldChange[] => {
      if (fact === 'departmentCode') return [];
      if (fact === 'contact') {
        return (Object.keys(CONTACT_LABELS) as (keyof Contact)[])
          .filter((key) => row.contact[key] !== undefined && (now.contact[key] ?? null) !== row.contact[key])
          .map((key) => ({ field: CONTACT_LABELS[key], old: now.contact[key] ?? null, new: row.contact[key] ?? null }));
      }
      return [{ field: fact === 'managingBodyId' ? 'Gestionnaire' : FACT_LABELS[fact as keyof typeof FACT_LABELS], old: show(fact, now[fact as keyof TimelineVersion]), new: show(fact, value) }];
    });
  }

  private show(fact: string, value: unknown): string | null {
    return showFact(fact, value, { commune: this.input.communeName, kind: this.input.kindLabel, network: this.input.networkLabel, body: (id) => this.bodyById.get(id) });
  }

  private bodyOf(row: ReadRow, communeCode: string, currentId: string | null = null): ManagingBody | undefined {
    if (!row.body) return undefined;
    const { siren } = row.body;
    const name = row.body.name ?? (siren ? (this.newName.get(siren) ?? this.bodies.get(`siren:${siren}`)?.name) : null) ?? '';
    const current = currentId ? this.bodyById.get(currentId) : undefined;
    // without a SIREN in the file, the body that already runs the structure under that name is meant
    if (!siren && current && normaliseName(current.name) === normaliseName(name)) return current;
    const wanted = { siren, name, communeCode: communeCode as ManagingBody['communeCode'] };
    const known = this.bodies.get(bodyKey(wanted));
    if (known) return known;
    const made: ManagingBody = { id: newId(), ...wanted };
    this.bodies.set(bodyKey(made), made);
    this.bodyById.set(made.id, made);
    this.writes.newBodies.push(made);
    return made;
  }

  /** Same SIREN, other name: the body is renamed, once for all its structures. */
  private renaming(row: ReadRow, currentId: string | null, body: ManagingBody | undefined): FieldChange[] {
    const name = row.body?.name;
    if (!body || !name || !row.body?.siren || this.writes.newBodies.includes(body) || normaliseName(body.name) === normaliseName(name)) return [];
    if (!this.writes.renamedBodies.some((r) => r.id === body.id)) this.writes.renamedBodies.push({ id: body.id, name });
    return currentId === body.id ? [{ field: 'Gestionnaire', old: body.name, new: name }] : [];
  }

  private identifierChanges(row: ReadRow, known: Known): FieldChange[] {
    return row.identifiers.flatMap((i): FieldChange[] => {
      if (known.identifiers.some((k) => k.value === i.value && (k.scheme === i.scheme || k.scheme === 'earlier' || i.scheme === 'earlier'))) return [];
      const old = i.scheme === 'earlier' ? undefined : known.identifiers.find((k) => k.scheme === i.scheme);
      if (old) this.writes.retired.push(old);
      this.writes.identifiers.push({ ...i, structureId: known.id });
      return [{ field: IDENTIFIER_LABELS[i.scheme] ?? i.scheme, old: old?.value ?? null, new: i.value }];
    });
  }

  /** A period is known by its kind and first day. One that a new period overlaps ends the day before it, or gives way when it began inside. */
  private approvalChanges(row: ReadRow, known: Known): FieldChange[] {
    return row.approvals.flatMap((a): FieldChange[] => {
      const field = `Agrément ${labelOf(APPROVAL_KINDS, a.kind)}`;
      const mine = known.approvals.filter((k) => k.kind === a.kind);
      const same = mine.find((k) => k.startsOn === a.startsOn);
      if (same && (a.endsOn === null || a.endsOn === same.endsOn)) return [];
      this.writes.approvals.push({ ...a, structureId: known.id });
      const changes: FieldChange[] = [{ field, old: same ? period(same) : null, new: period(a) }];
      for (const k of mine.filter((k) => k !== same)) {
        if (k.startsOn < a.startsOn && (k.endsOn === null || k.endsOn >= a.startsOn)) {
          const cut = { ...k, endsOn: dayBefore(a.startsOn) };
          this.writes.approvals.push({ ...cut, structureId: known.id });
          changes.push({ field, old: period(k), new: period(cut) });
        } else if (k.startsOn > a.startsOn && a.endsOn !== null && k.startsOn <= a.endsOn) {
          this.writes.removedApprovals.push({ structureId: known.id, kind: k.kind, startsOn: k.startsOn });
          changes.push({ field, old: period(k), new: null });
        }
      }
      return changes;
    });
  }
}

const EMPTY: Omit<StructureFacts, 'kind' | 'name' | 'communeCode' | 'status'> = {
  address: null, latitude: null, longitude: null, managingBodyId: null, managementMode: null, legalStatus: null, firstApprovalYear: null, territoryCharacter: null, qpvStatus: null,
  ruralZoning: null, urbanRenewal: null, urbanRenewalStage: null, networks: [], contact: {}, openingHours: null,
};

const sameContact = (a: Contact, b: Contact): boolean => (Object.keys(CONTACT_LABELS) as (keyof Contact)[]).every((key) => (a[key] ?? null) === (b[key] ?? null));

/** A timeline after versions were written into it. */
function apply(history: readonly TimelineVersion[], written: readonly TimelineVersion[]): TimelineVersion[] {
  const byDay = new Map(history.map((v) => [v.validFrom, v]));
  for (const v of written) byDay.set(v.validFrom, v);
  return [...byDay.values()].toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
}
