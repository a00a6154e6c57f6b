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
  // A place that a person wrote as words would be a second one.
  const text = (part: string) => part.replaceAll(promptPlace, '')
  const [before = '', ...after] = known ? prompt.split(own) : []
  return {
    prompt_template: known
      ? `${text(before)}${promptPlace}${text(after.join(own))}`
      : `${promptPlace}, ${text(prompt).trim()}`,
    negative_prompt,
    parameters: { steps, guidance, aspect: shapeOf(recipe) },
  }
}

function shapeOf({ width, height }: Recipe): 'portrait' | 'landscape' | 'square' {
  if (width === height) return 'square'
  return width > height ? 'landscape' : 'portrait'
}
