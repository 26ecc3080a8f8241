/** The parts of pages that scripts bring to life, by name; each comes with its own script, when a page holds one. */
export const islands = {
  rubric: async () => (await import('./centre/rubric-form.tsx')).RubricForm,
  dense: async () => (await import('./centre/on-behalf/dense-form.tsx')).DenseForm,
  offline: async () => (await import('./centre/offline-page.tsx')).OfflinePage,
  files: async () => (await import('./centre/files/files-page.tsx')).FilesPage,
  'sign-out': async () => (await import('./account/sign-out-form.tsx')).SignOutForm,
  expression: async () => (await import('./national/studio/expression-field.tsx')).ExpressionField,
};
export type IslandName = keyof typeof islands;
