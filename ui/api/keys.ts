/** The names under which answers are kept in the cache. */
export const keys = {
  status: ['status'],
  presets: ['presets'],
  modelFiles: ['model-files'],
  unfinished: ['generations', 'unfinished'],
  recent: ['generations', 'recent'],
  gallery: ['gallery', 'pictures'],
  bin: ['gallery', 'bin'],
  import: (id: number) => ['import', id],
  importProblems: (id: number) => ['import', id, 'problems'],
  events: ['events'],
  eventsOf: (requestId: string) => ['events', requestId],
  generation: (id: string) => ['generation', id],
} as const
