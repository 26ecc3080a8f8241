/** The five lines read before the first question, on the screen and on paper (R52, R126; charter 1.3, 2.1, 2.2, 3.2). */
export const NOTICE_LINES: readonly { readonly title: string; readonly text: string }[] = [
  {
    title: 'Pourquoi ces questions',
    text: 'Pour montrer ce que font les centres sociaux et les espaces de vie sociale, dans votre territoire et dans le pays : plaquettes, dialogue avec les partenaires et les élus, schémas de l’animation de la vie sociale.',
  },
  {
    title: 'Répondre est volontaire, et attendu',
    text: 'Rien ne vous y oblige. La Caf l’attend des structures qu’elle agrée, comme une part de l’agrément.',
  },
  {
    title: 'Qui voit vos réponses, et quand',
    text: 'Pendant la saisie et le contrôle, vos deux correspondants, celui de la Caf et celui de la fédération, les ouvrent une structure à la fois ; chaque ouverture est notée. Ensuite une seule personne du comité les réunit. Le public ne lit que des résultats regroupés. Elles ne servent jamais à contrôler une structure.',
  },
  {
    title: 'Votre lecture des questions est la bonne',
    text: 'Répondez de bonne foi, comme vous comprenez la question. Si elle vous paraît ambiguë, dites-le à un correspondant : la question sera précisée pour tous.',
  },
  {
    title: 'Vous pouvez ne pas répondre',
    text: 'Un bouton, page « Transmettre », sans avoir à vous justifier. Les rappels s’arrêtent, et personne en dehors de vos correspondants ne lit que vous avez décliné.',
  },
];
