export { campaignOf, campaigns, coverage, participants, phaseOf, phases, progressOf } from './queries.server.ts';
export { createCampaign, inviteNewcomers, moveCampaign, type Move, type Moved, type NewCampaign, setCoverage, setDates, waive } from './commands.server.ts';
export { ancestorsOf, brochurePublished, extendTerritory, type Greeted, greetedOf, moveTerritory, optIn, pagePublished, releaseTaken, remind } from './territory-commands.server.ts';
export { freezeLacks, type Signature, signaturesOf, type Signed, type SignaturePurpose, type SignatureRequest, signFreeze, withdrawSignature } from './freeze.server.ts';
export { missingBefore, staffing, type StaffedTerritory } from './guards.server.ts';
