/** The charter, readable by everyone. */
import type { Route } from './+types/charter';
import { CHARTER } from '../../domains/access/index.ts';
import { Page } from '../ui/page.tsx';

export const meta: Route.MetaFunction = () => [{ title: 'Charte d’utilisation des données · SENACS' }];

export const CharterArticles = () => (
  <dl className="stack">
    {CHARTER.map((article) => (
      <div key={article.number}>
        <dt>
          <strong>
            {article.number} · {article.title}
          </strong>
        </dt>
        <dd>{article.text}</dd>
      </div>
    ))}
  </dl>
);

export default function Charter() {
  return (
    <Page title="Charte d’utilisation des données" lead="Elle engage toute personne qui utilise les données de l’observatoire." narrow>
      <CharterArticles />
    </Page>
  );
}
