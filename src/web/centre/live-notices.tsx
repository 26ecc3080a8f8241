/** What an open form says of the others who are in it, and of the application that moved on. Announced as it comes. */
import { Notice } from '../ui/page.tsx';
import type { LiveState } from './live-state.ts';

export const LiveNotices = ({ live, dataYear }: { readonly live: Pick<LiveState, 'others' | 'newer'>; readonly dataYear: number }) => (
  <div role="status">
    {live.others.length > 0 && (
      <Notice tone="accent">
        <p>
          Dans ces réponses en ce moment&nbsp;: {live.others.map((o) => `${o.name} (rubrique ${o.rubric}${o.dataYear === dataYear ? '' : `, ${o.dataYear}`})`).join(', ')}. Ce que vous saisissez se rejoint au fur et à mesure.
        </p>
      </Notice>
    )}
    {live.newer && (
      <Notice tone="accent">
        <p>Une nouvelle version de l’application est prête&nbsp;: elle sera là à la prochaine page. Continuez, tout ce que vous saisissez est enregistré.</p>
      </Notice>
    )}
  </div>
);
