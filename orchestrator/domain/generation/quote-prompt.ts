import type { Generation } from '../../../contracts/entities/generation.ts'

const longest = 60

/** A generation's prompt in quotes, short enough for a sentence. */
export function quotePrompt({ recipe }: Generation): string {
  const text = recipe.prompt.trim().replaceAll(/\s+/g, ' ')
  return `"${text.length > longest ? `${text.slice(0, longest)}…` : text}"`
}
