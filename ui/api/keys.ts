/** The names under which answers are kept in the cache. */
export const keys = {
  status: ['status'],
  presets: ['presets'],
  modelFiles: ['model-files'],
  unfinished: ['generations', 'unfinished'],
  recent: ['generations', 'recent'],
  gallery: ['gallery', 'pictures'],
  bin: ['gallery', 'bin'],
  events: ['events'],
  eventsOf: (requestId: string) => ['events', requestId],
  toolCalls: ['tool-calls'],
  toolCallsOf: (client: string | null, outcome: string | null) => ['tool-calls', client, outcome],
  agentConfigurations: ['agent-configurations'],
  generation: (id: string) => ['generation', id],
} as const
