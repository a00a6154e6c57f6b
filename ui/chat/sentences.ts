import type { Draft } from '../generation/draft.ts'

/** What the page says for a person, in plain words that every language model understands, the built-in one among them. */
export const sentences = {
  draw: (prompt: string) => `Draw ${prompt}`,
  vary: (number: number) => `Make a variation of image ${number}`,
  restyle: (style: string, number: number | null) =>
    number === null ? `Make it ${style}` : `Apply ${style} to image ${number}`,
  describe: (number: number | null) =>
    number === null ? 'Describe the last image' : `Describe image ${number}`,
  enhance: (prompt: string) => `Improve this prompt: ${prompt}`,
  search: (words: string) => `Find ${words}`,
  styles: (words: string) => (words === '' ? 'Show me the styles' : `Show me styles like ${words}`),
}

/** Asks for the picture of a draft: its words, its style and its shape. */
export function sentenceOfDraft({ prompt, style, settings: { width = 0, height = 0 } }: Draft): string {
  const shape = width > height ? 'landscape' : 'portrait'
  const parts = [prompt, ...(style === null ? [] : [`${style} style`]), ...(width === height ? [] : [shape])]
  return sentences.draw(parts.join(', '))
}
