import type { Recipe } from '../../contracts/entities/recipe.ts'
import type { Style } from '../../contracts/entities/style.ts'
import { applyStyle } from '../../contracts/styled-prompt.ts'

/** What to ask for, to be told the same as a recipe was. */
export interface RecipeWords {
  readonly prompt: string
  readonly negative_prompt: string
  readonly style: string | null
}

/**
 * The person's words and the style of a recipe; where that style has changed or gone since, the prompts as they were, because
 * the same picture counts more than its style.
 */
export function wordsOfRecipe(recipe: Recipe, styles: readonly Style[]): RecipeWords {
  const { prompt, negative_prompt, own_prompt, own_negative_prompt = '' } = recipe
  const asItWas = { prompt, negative_prompt, style: null }
  const style = styles.find(({ name }) => name === recipe.style)
  if (style === undefined || own_prompt === undefined) return asItWas
  const own = { prompt: own_prompt, negative_prompt: own_negative_prompt }
  const now = applyStyle(style, own)
  const same = now.prompt === prompt && now.negative_prompt === negative_prompt
  return same ? { ...own, style: style.name } : asItWas
}
