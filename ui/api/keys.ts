/** The names under which answers are kept in the cache. */
export const keys = {
  status: ['status'],
  presets: ['presets'],
  modelFiles: ['model-files'],
  unfinished: ['generations', 'unfinished'],
  recent: ['generations', 'recent'],
  /** Lists of pictures begin with one of these three; what follows is which pages of it. */
  gallery: ['gallery', 'pictures'],
  bin: ['gallery', 'bin'],
  found: ['gallery', 'found'],
  facets: (query: string) => ['facets', query],
  tagsLike: (prefix: string) => ['tags', prefix],
  timeline: ['timeline'],
  events: ['events'],
  eventsOf: (requestId: string) => ['events', requestId],
  generation: (id: string) => ['generation', id],
} as const
