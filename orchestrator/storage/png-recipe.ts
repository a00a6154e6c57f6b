import { recipeSchema, type Recipe } from '../../contracts/entities/recipe.ts'
import { toInfotext } from './infotext.ts'
import { readPngChunks, writePngChunks, type PngChunk } from './png-chunks.ts'
import { internationalTextChunk, pngTextChunk, readPngText } from './png-text.ts'

/** The text other tools read and write. */
const parametersKeyword = 'parameters'

/** Our own text: the recipe as JSON. */
const recipeKeyword = 'mysticanvas'

/** What a picture says about how it was made. */
export interface PngRecipe {
  /** Complete, where MystiCanvas made the picture; else null. */
  readonly recipe: Recipe | null
  /** The text many tools write; null where there is none. */
  readonly parameters: string | null
}

/**
 * Puts a recipe into a PNG, in place of one that is in it; the pixels stay as they are.
 *
 * @param version the version of this product
 * @returns the PNG with its recipe; null where the file is not a whole PNG
 */
export function writePngRecipe(png: Uint8Array, recipe: Recipe, version: string): Buffer | null {
  const chunks = readPngChunks(png)
  const header = chunks?.[0]
  if (header?.type !== 'IHDR' || chunks?.at(-1)?.type !== 'IEND') return null
  // Before the pixels, because some readers stop there.
  return writePngChunks([
    header,
    pngTextChunk({ keyword: parametersKeyword, text: toInfotext(recipe, version) }),
    internationalTextChunk({ keyword: recipeKeyword, text: JSON.stringify(recipe) }),
    ...chunks.slice(1).filter((chunk) => !isRecipe(chunk)),
  ])
}

/** Reads how a picture was made. Whatever the file is, it does not throw: what cannot be read is null. */
export function readPngRecipe(png: Uint8Array): PngRecipe {
  const texts = (readPngChunks(png) ?? []).map(readPngText).filter((text) => text !== null)
  const textOf = (keyword: string) => texts.find((text) => text.keyword === keyword)?.text ?? null
  return { recipe: parseRecipe(textOf(recipeKeyword)), parameters: textOf(parametersKeyword) }
}

function isRecipe(chunk: PngChunk): boolean {
  const keyword = readPngText(chunk)?.keyword
  return keyword === parametersKeyword || keyword === recipeKeyword
}

function parseRecipe(text: string | null): Recipe | null {
  if (text === null) return null
  try {
    return recipeSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
