import type { Recipe } from './entities/recipe.ts'
import { promptPlace, type Style } from './entities/style.ts'

/**
 * What a picture's recipe gives to a style: its prompt with the place for another one, what it avoids, and its settings.
 * Where the person's words stand in the prompt, as with a style, their place is known; else the prompt follows them.
 */
export function styleOfRecipe(
  recipe: Recipe,
): Pick<Style, 'prompt_template' | 'negative_prompt' | 'parameters'> {
  const { prompt, own_prompt: own, negative_prompt, steps, guidance } = recipe
  const known = own !== undefined && own !== '' && own !== prompt && prompt.includes(own)
  const [before = '', ...after] = known ? prompt.split(own) : []
  return {
    prompt_template: known
      ? `${withoutPlace(before)}${promptPlace}${withoutPlace(after.join(own))}`
      : `${promptPlace}, ${withoutPlace(prompt).trim()}`,
    negative_prompt,
    parameters: { steps, guidance, aspect: shapeOf(recipe) },
  }
}

/** A place that a person wrote as words would be a second one. */
function withoutPlace(text: string): string {
  return text.replaceAll(promptPlace, '')
}

function shapeOf({ width, height }: Recipe): 'portrait' | 'landscape' | 'square' {
  if (width === height) return 'square'
  return width > height ? 'landscape' : 'portrait'
}
