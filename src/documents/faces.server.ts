/** The faces of our documents, and nothing of the machine's. */
import { projectPath } from '../platform/project-root.server.ts';

const face = (name: string): string => projectPath('node_modules/@expo-google-fonts', name);

/** The running text; titles fall back on it. What these faces hold together can be printed anywhere (`src/kernel/printed-characters.ts`). */
export const TEXT_FACES = [
  face('source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  face('source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf'),
  face('source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
  face('source-sans-3/700Bold/SourceSans3_700Bold.ttf'),
];
export const TITLE_FACES = [
  face('bricolage-grotesque/500Medium/BricolageGrotesque_500Medium.ttf'),
  face('bricolage-grotesque/600SemiBold/BricolageGrotesque_600SemiBold.ttf'),
  face('bricolage-grotesque/700Bold/BricolageGrotesque_700Bold.ttf'),
  face('bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf'),
];
