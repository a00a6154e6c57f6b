import type { CapabilityName, CapabilityOutput } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { McpParts } from '../parts.ts'
import { asData } from '../untrusted.ts'
import { describeEstimate } from './describe-estimate.ts'
import { describeGeneration, summarize } from './describe-generation.ts'

/** How the result of a tool is told to a model. */
interface Presentation<Name extends CapabilityName> {
  /** Input for agents where they leave a field out, other than what the contract takes: their attention is narrow. */
  readonly defaults?: Readonly<Record<string, unknown>>
  /** A few sentences; whatever people or models wrote is marked as data. */
  readonly text: (output: CapabilityOutput<Name>, parts: McpParts) => string
  /** Pictures to show along with it. */
  readonly pictures?: (output: CapabilityOutput<Name>) => readonly Generation[]
}

const presentations: { readonly [Name in CapabilityName]?: Presentation<Name> } = {
  generate: {
    text: ({ generations, estimate }, parts) =>
      estimate === null
        ? generations.map((generation) => describeGeneration(generation, parts)).join('\n')
        : describeEstimate(estimate),
    pictures: ({ generations }) => generations,
  },
  get_generation: {
    text: (generation, parts) => `${describeGeneration(generation, parts)}\n${asData(summarize(generation))}`,
    pictures: (generation) => [generation],
  },
  cancel_generation: {
    text: (generation, parts) => describeGeneration(generation, parts),
  },
  search_history: {
    defaults: { limit: 10 },
    text: ({ generations, next_cursor, did_you_mean }) =>
      [
        `${generations.length === 0 ? 'No pictures' : `${generations.length} pictures`} found.`,
        ...(next_cursor === null ? [] : [`There are more: call again with cursor "${next_cursor}".`]),
        asData({ pictures: generations.map(summarize), did_you_mean }),
      ].join('\n'),
  },
}

/** What a tool has no presentation of its own for is told as it is. */
const plain: Presentation<CapabilityName> = { text: (output) => asData(output) }

/** How the result of a tool is told. */
export function presentationOf<Name extends CapabilityName>(name: Name): Presentation<Name> {
  return presentations[name] ?? plain
}
