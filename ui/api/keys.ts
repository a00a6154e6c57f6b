/** The names under which answers are kept in the cache. */
export const keys = {
  status: ['status'],
  presets: ['presets'],
  styles: ['styles'],
  modelFiles: ['model-files'],
  unfinished: ['generations', 'unfinished'],
  recent: ['generations', 'recent'],
  gallery: ['gallery', 'pictures'],
  bin: ['gallery', 'bin'],
  events: ['events'],
  eventsOf: (requestId: string) => ['events', requestId],
  generation: (id: string) => ['generation', id],
} as const
