import type { CapabilityOutput, CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import { applyEditToText } from '../../../contracts/prompt-edits.ts'
import { sortPromptWords } from '../../../contracts/prompt-words.ts'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { styleNames } from '../../storage/style-names.ts'
import type { PresetLibrary } from '../presets/preset-library.ts'
import type { PromptLibrary } from '../prompts/prompt-library.ts'
import { addMissing, addNegative, type EnhanceContext } from './add-missing.ts'
import { enhanceRulesKind } from './enhance-rules.ts'
import { compileGroups, whyNotJudged } from './prompt-reading.ts'

/** At this guidance or less, engines leave the negative prompt out. */
const guidanceWithoutNegative = 1

interface EnhanceParts {
  readonly database: ReadableDatabase
  readonly presets: Pick<PresetLibrary, 'get' | 'first'>
  readonly prompts: PromptLibrary
}

/** Makes prompts say more, for the model that will read them. */
export class EnhanceService {
  readonly #parts: EnhanceParts

  constructor(parts: EnhanceParts) {
    this.#parts = parts
  }

  /** The same input gives the same answer, and the prompt of the answer gets nothing more. */
  async enhance(input: CheckedInput<'enhance_prompt'>): Promise<CapabilityOutput<'enhance_prompt'>> {
    const { database, presets, prompts } = this.#parts
    const preset = input.preset === undefined ? await presets.first() : await presets.get(input.preset)
    const { settings: rules, render } = prompts.get(enhanceRulesKind)
    const prompt = input.user_input
    const negativePrompt = input.negative_prompt ?? preset.defaults.negative_prompt
    const unknown = preset.vocabulary === null ? [] : sortPromptWords(prompt, preset.vocabulary).unknown
    const answer = { enhancer: 'rules', preset: preset.id, unknown_words: unknown } as const
    const obstacle = whyNotJudged(prompt, rules)
    if (obstacle !== null) {
      const note = [obstacleNote[obstacle], unknownNote(unknown, preset)].join(' ').trim()
      return { ...answer, prompt, negative_prompt: negativePrompt, edits: [], note }
    }
    const { family, vocabulary } = preset
    const context: EnhanceContext = {
      rules,
      groups: compileGroups(rules, styleNames(database)),
      family,
      vocabulary,
    }
    const added = addMissing(prompt, negativePrompt, context)
    const longer = added.reduce((text, { edit }) => applyEditToText(text, edit), prompt)
    const negative =
      preset.defaults.guidance <= guidanceWithoutNegative ? [] : addNegative(longer, negativePrompt, context)
    const aspects = [
      ...added.map(({ aspect }) => aspect),
      ...(negative.length > 0 ? ['negative prompt'] : []),
    ]
    const what =
      aspects.length === 0
        ? 'Nothing was added: the rules find nothing missing that this model knows.'
        : render({ added: aspects.join(', '), model: preset.name })
    return {
      ...answer,
      prompt: longer,
      negative_prompt: negative.reduce((text, edit) => applyEditToText(text, edit), negativePrompt),
      edits: [...added.map(({ edit }) => edit), ...negative],
      note: [what, unknownNote(unknown, preset)].join(' ').trim(),
    }
  }
}

const obstacleNote = {
  'no words': 'Nothing was added: there is no word to go by.',
  'other language':
    'Nothing was added: the rules know English alone, and these words seem to be of another language.',
} as const

function unknownNote(unknown: readonly string[], { name }: Preset): string {
  return unknown.length === 0 ? '' : `${name} does not know: ${unknown.join(', ')}.`
}
