import type { CapabilityName, CapabilityOutput } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { PromptEdit } from '../../contracts/entities/prompt-edit.ts'
import type { McpParts } from '../parts.ts'
import { asData } from '../../contracts/untrusted.ts'
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
  get_styles: {
    text: ({ styles, next_cursor }) =>
      [
        `${styles.length === 0 ? 'No styles' : `${styles.length} styles`} found.`,
        ...(next_cursor === null ? [] : [`There are more: call again with cursor ${next_cursor}.`]),
        asData(styles.map(({ name, category, description }) => ({ name, category, description }))),
      ].join('\n'),
  },
  apply_style: {
    text: ({ prompt, negative_prompt, parameters, style, own_prompt }) =>
      [
        'No picture was made. To make one, call generate with this style and prompt.',
        asData({ style, prompt: own_prompt, becomes: prompt, negative_prompt, parameters }),
      ].join('\n'),
  },
  enhance_prompt: {
    text: ({ prompt, negative_prompt, edits, enhancer, unknown_words, note }) =>
      [
        `No picture was made. Enhanced by ${enhancer === 'rules' ? 'rules' : 'a language model'}.`,
        asData({ prompt, negative_prompt, note, unknown_words, edits: edits.map(summarizeEdit) }),
      ].join('\n'),
  },
  analyze_image: {
    text: ({ analyzer, summary, answer, limits, asked_for, colors, similar, suggestions }) =>
      [
        analyzer === 'pixels'
          ? 'Measured from pixels. Nobody has looked at what the picture shows.'
          : 'A vision model looked at the picture.',
        asData({
          answer,
          limits,
          summary,
          asked_for,
          colors: colors.map(({ name, share }) => ({ name, share })),
          similar: similar.map(({ generation, distance }) => ({ generation, distance })),
          suggestions: suggestions.map(summarizeEdit),
        }),
      ].join('\n'),
  },
}

function summarizeEdit({ action, target, text, replaces, reason }: PromptEdit) {
  return { action, target, text, replaces, reason }
}

/** What a tool has no presentation of its own for is told as it is. */
const plain: Presentation<CapabilityName> = { text: (output) => asData(output) }

/** How the result of a tool is told. */
export function presentationOf<Name extends CapabilityName>(name: Name): Presentation<Name> {
  return presentations[name] ?? plain
}
