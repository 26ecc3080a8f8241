/** Rubrics B, C (volunteers) and G: bodies, meetings, volunteers by age and role, participation. */
import type { Chance } from '../random.ts';
import type { Profile, RegisterFacts, Sheet } from './profile.ts';
import { oneColumn } from './table.ts';

const OPTIONAL_ROLES = ['school_support', 'language', 'reception', 'rights', 'digital', 'logistics'];

export function governanceAnswers(random: Chance, register: RegisterFacts, profile: Profile): Sheet {
  const hasBoard = profile.bodies.includes('board') || profile.bodies.includes('management_committee');
  const association = register.managementMode === 'association';
  const members = random.integer(register.kind === 'CS' ? 9 : 5, register.kind === 'CS' ? 24 : 13);
  const residents = Math.min(Math.round(members * random.between(0.45, 0.85)), profile.governanceVolunteers);
  const meetings = association ? 1 + (random.happens(0.12) ? 1 : 0) : 0;
  const priorities = ['parenting', 'youth', 'ageing', 'rights', 'digital', 'employment', 'health', 'culture', 'citizenship', 'ecology', 'isolation', 'mobility'];
  const sheet: Sheet = {
    management_mode: register.managementMode,
    governance_bodies: profile.bodies.length > 0 ? profile.bodies : ['none'],
    general_meetings: meetings,
    project_renewal: profile.renewed ? 'yes' : 'no',
    project_priorities: random.sample(priorities, random.integer(3, 5)),
    resident_groups_count: random.integer(0, 5),
    coconstructed_projects: random.integer(1, 12),
  };
  const boardMeetings = random.integer(4, 9);
  if (hasBoard) Object.assign(sheet, { board_members: members, board_members_residents: residents, board_meetings: boardMeetings });
  const attendance = members + random.integer(8, 90);
  if (meetings > 0) sheet['general_meeting_attendance'] = attendance;
  return sheet;
}

export function volunteerAnswers(random: Chance, profile: Profile): Sheet {
  const [a12, a18, a26, a60] = profile.volunteerAges;
  const roles = [
    ...(profile.governanceVolunteers > 0 ? ['governance'] : []),
    ...(profile.regularVolunteers + profile.occasionalVolunteers > 0 ? ['workshops', 'events'] : []),
    ...random.sample(OPTIONAL_ROLES, random.integer(1, 4)).filter(() => profile.volunteers > 0),
  ];
  const groups = profile.bodies.includes('thematic_commissions') ? random.integer(1, 6) : 0;
  const councils = profile.bodies.includes('user_council') ? random.integer(1, 2) : 0;
  const collectives = random.integer(0, 5);
  const body = (count: number, meetings: number, persons: number): { [column: string]: number } => ({
    count,
    meetings: count * meetings,
    participants: count * persons,
  });
  return {
    volunteers_total: profile.volunteers,
    volunteer_hours_governance: profile.governanceHours,
    volunteer_hours_activities: profile.activityHours,
    volunteers_by_age: oneColumn('count', { a12_17: a12, a18_25: a18, a26_59: a26, a60_plus: a60, unknown: 0 }),
    volunteer_roles: roles.length > 0 ? roles : ['none'],
    volunteers_trained: profile.trainedVolunteers,
    volunteers_governance: profile.governanceVolunteers,
    volunteers_activities_regular: profile.regularVolunteers,
    volunteers_activities_occasional: profile.occasionalVolunteers,
    participation_bodies: {
      user_committees: body(councils, random.integer(3, 6), random.integer(8, 16)),
      thematic_groups: body(groups, random.integer(3, 6), random.integer(5, 10)),
      resident_collectives: body(collectives, random.integer(3, 12), random.integer(5, 10)),
      other: body(0, 0, 0),
    },
  };
}
