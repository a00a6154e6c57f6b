import type { Generation } from '../../../contracts/entities/generation.ts'

const longest = 60

/** What a person wrote for a picture, in quotes and short enough for a sentence. */
export function quotePrompt({ recipe }: Generation): string {
  const text = (recipe.own_prompt ?? recipe.prompt).trim().replaceAll(/\s+/g, ' ')
  return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`
}
