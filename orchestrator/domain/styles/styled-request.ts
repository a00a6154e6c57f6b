import type { CheckedInput } from '../../../contracts/capabilities/index.ts'
import type { Preset } from '../../../contracts/entities/preset.ts'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { applyStyle, wordsWithoutStyle } from '../../../contracts/styled-prompt.ts'
import type { StyleRow } from '../../storage/style-row.ts'

/** What a recipe keeps of a style beside the prompts it is in. */
export type StyleMarks = Pick<Recipe, 'style' | 'own_prompt' | 'own_negative_prompt'>

/** A request with a style put into it, and what its recipe says of that. */
export interface StyledRequest {
  readonly input: CheckedInput<'generate'>
  readonly marks: StyleMarks
}

/**
 * Puts a style into a request. What the request says outright counts more than the style, and the style more than the
 * preset; the shape of a picture to start from counts more than that of the style.
 */
export function styleRequest(
  input: CheckedInput<'generate'>,
  style: StyleRow | null,
  preset: Preset,
): StyledRequest {
  if (style === null) return { input, marks: {} }
  const negative = input.negative_prompt ?? preset.defaults.negative_prompt
  const { steps, guidance, aspect } = style.parameters
  const sized = [input.aspect, input.width, input.height, input.generation, input.init_image]
  const shape = sized.every((given) => given === undefined) ? aspect : input.aspect
  return {
    input: {
      ...input,
      ...applyStyle(style, { prompt: input.prompt, negative_prompt: negative }),
      steps: input.steps ?? steps,
      guidance: input.guidance ?? guidance,
      aspect: shape,
    },
    marks: {
      style: style.name,
      own_prompt: wordsWithoutStyle(style, input.prompt),
      own_negative_prompt: negative,
    },
  }
}
