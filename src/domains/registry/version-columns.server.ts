/** Columns of a version `v` of registry.structure_version, under the names of `StructureVersion`. */
import { sql } from 'kysely';

export const VERSION_COLUMNS = sql`v.structure_id as "structureId", v.valid_from as "validFrom", v.valid_to as "validTo", v.kind, v.name, v.status,
  v.commune_code as "communeCode", v.department_code as "departmentCode", v.address, v.latitude, v.longitude, v.managing_body_id as "managingBodyId",
  v.management_mode as "managementMode", v.legal_status as "legalStatus", v.first_approval_year as "firstApprovalYear",
  v.territory_character as "territoryCharacter", v.qpv_status as "qpvStatus", v.rural_zoning as "ruralZoning", v.urban_renewal as "urbanRenewal",
  v.urban_renewal_stage as "urbanRenewalStage", v.networks, v.contact, v.opening_hours as "openingHours", v.source, v.recorded_at as "recordedAt"`;
