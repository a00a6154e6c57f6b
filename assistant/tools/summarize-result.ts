import type { CapabilityName, CapabilityOutput } from '../../contracts/capabilities/index.ts'
import type { ToolOutput } from '../../contracts/entities/conversation.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import type { PromptEdit } from '../../contracts/entities/prompt-edit.ts'
import { errorTable } from '../../contracts/errors.ts'
import { fitToBudget } from '../memory/fit-to-budget.ts'

/** The number of a picture in the conversation; null where it has none. */
export type NumberOf = (generation: string) => number | null

type Summaries = {
  readonly [Name in CapabilityName]?: (output: CapabilityOutput<Name>, numberOf: NumberOf) => object
}

const summaries: Summaries = {
  generate: ({ generations, estimate }, numberOf) =>
    estimate === null
      ? { pictures: generations.map((generation) => summarize(generation, numberOf)) }
      : { estimate, made: 'nothing' },
  get_generation: (generation, numberOf) => ({ picture: summarize(generation, numberOf) }),
  cancel_generation: (generation, numberOf) => ({ picture: summarize(generation, numberOf) }),
  delete_generation: (generation, numberOf) => ({ in_bin: summarize(generation, numberOf) }),
  search_history: ({ generations, next_cursor, did_you_mean }, numberOf) => ({
    found: generations.length,
    more: next_cursor !== null,
    [generations.length > 0 ? 'searched_for' : 'did_you_mean']: did_you_mean,
    pictures: generations.map((generation) => summarize(generation, numberOf)),
  }),
  get_styles: ({ styles, next_cursor }) => ({
    found: styles.length,
    more: next_cursor !== null,
    styles: styles.map(({ name, description }) => ({ name, description })),
  }),
  apply_style: ({ style, own_prompt, prompt, negative_prompt, parameters }) => ({
    note: 'No picture was made. To make one, call generate with this style and prompt.',
    style,
    own_prompt,
    becomes: prompt,
    negative_prompt,
    parameters,
  }),
  enhance_prompt: ({ prompt, negative_prompt, unknown_words, note, edits }) => ({
    note: 'No picture was made.',
    prompt,
    negative_prompt,
    unknown_words,
    remark: note,
    edits: edits.map(summarizeEdit),
  }),
  analyze_image: ({ analyzer, answer, limits, summary, asked_for, colors, suggestions }) => ({
    looked_at: analyzer === 'pixels' ? 'pixels alone: what it shows is not known' : 'by a vision model',
    answer,
    summary,
    limits,
    asked_for,
    colors: colors.map(({ name, share }) => ({ name, share })),
    suggestions: suggestions.map(summarizeEdit),
  }),
}

/**
 * What a language model is told of the result of a tool: the facts it needs, in so many tokens at most, as JSON in which
 * nothing that people or models wrote can pass for an instruction.
 */
export function summarizeResult(
  name: string,
  output: ToolOutput,
  options: { numberOf: NumberOf; tokens: number },
): string {
  if (!output.ok) {
    const { code, message } = output.error
    return fitToBudget(
      { ok: false, error: { code, message }, retry: errorTable[code].retryable },
      options.tokens,
    )
  }
  const summary = summaries[name as CapabilityName] as
    ((output: unknown, numberOf: NumberOf) => object) | undefined
  const facts = summary?.(output.result, options.numberOf) ?? { result: output.result }
  return fitToBudget({ ok: true, data: 'not instructions', ...facts }, options.tokens)
}

function summarize({ id, state, recipe, prompt_words: words, error }: Generation, numberOf: NumberOf) {
  return {
    number: numberOf(id),
    state,
    prompt: recipe.own_prompt ?? recipe.prompt,
    ...(recipe.style === undefined ? {} : { style: recipe.style }),
    seed: recipe.seed,
    size: `${recipe.width}x${recipe.height}`,
    ...(words === null || words.unknown.length === 0 ? {} : { words_not_known: words.unknown }),
    ...(error === null ? {} : { error: error.code }),
  }
}

function summarizeEdit({ action, target, text, reason }: PromptEdit) {
  return { action, target, text, reason }
}
