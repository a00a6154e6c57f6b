import type { Generation } from '../../contracts/entities/generation.ts'

/** What to call a picture: what a person asked for, or the file it came from where nothing was said. */
export function titleOf({ recipe }: Pick<Generation, 'recipe'>): string {
  const words = recipe.own_prompt ?? recipe.prompt
  return words === '' ? (recipe.imported?.file ?? 'A picture') : words
}
