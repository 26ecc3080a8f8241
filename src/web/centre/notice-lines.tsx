/** The five lines read before the first question (R52, R126; charter 1.3, 2.1, 2.2, 3.2). */
import styles from './centre.module.css';

export function NoticeLines() {
  return (
    <ol className={styles.facts}>
      <li>
        <strong>Pourquoi ces questions</strong>
        <span>Pour montrer ce que font les centres sociaux et les espaces de vie sociale, dans votre territoire et dans le pays&nbsp;: plaquettes, dialogue avec les partenaires et les élus, schémas de l’animation de la vie sociale.</span>
      </li>
      <li>
        <strong>Répondre est volontaire, et attendu</strong>
        <span>Rien ne vous y oblige. La Caf l’attend des structures qu’elle agrée, comme une part de l’agrément.</span>
      </li>
      <li>
        <strong>Qui voit vos réponses, et quand</strong>
        <span>Pendant la saisie et le contrôle, vos deux correspondants, celui de la Caf et celui de la fédération, les ouvrent une structure à la fois&nbsp;; chaque ouverture est notée. Ensuite une seule personne du comité les réunit. Le public ne lit que des résultats regroupés. Elles ne servent jamais à contrôler une structure.</span>
      </li>
      <li>
        <strong>Votre lecture des questions est la bonne</strong>
        <span>Répondez de bonne foi, comme vous comprenez la question. Si elle vous paraît ambiguë, dites-le à un correspondant&nbsp;: la question sera précisée pour tous.</span>
      </li>
      <li>
        <strong>Vous pouvez ne pas répondre</strong>
        <span>Un bouton, page «&nbsp;Transmettre&nbsp;», sans avoir à vous justifier. Les rappels s’arrêtent, et personne en dehors de vos correspondants ne lit que vous avez décliné.</span>
      </li>
    </ol>
  );
}
