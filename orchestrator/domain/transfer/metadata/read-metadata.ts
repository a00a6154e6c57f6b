import type { PictureFormat } from '../../pictures/picture-format.ts'
import { recipeSchema } from '../../../../contracts/entities/recipe.ts'
import { unreadField } from './collect-settings.ts'
import { readComfy } from './comfy.ts'
import { readFooocus } from './fooocus.ts'
import type { FoundRecipe, PictureTexts } from './found-recipe.ts'
import { readInfotext } from './infotext.ts'
import { readInvokeAi } from './invoke-ai.ts'
import { parseJsonObject } from './parse-json.ts'
import { readPictureTexts } from './picture-texts.ts'
import { readSwarm } from './swarm.ts'

/** From the most exact to the most partial: a picture may carry several. */
const dialects: readonly ((texts: PictureTexts) => FoundRecipe | null)[] = [
  readOwn,
  readSwarm,
  readFooocus,
  readInvokeAi,
  readInfotext,
  readComfy,
]

/** What a picture says about how it was made, and its `parameters` text as it stands there. */
export interface FoundMetadata {
  /** Null where it says nothing that is known here. */
  readonly found: FoundRecipe | null
  readonly parameters: string | null
}

/**
 * Reads how a picture was made, whichever tool made it. Whatever the bytes are, it does not throw.
 *
 * @param bytes the file
 */
export function readMetadata(bytes: Buffer, format: PictureFormat): FoundMetadata {
  const { texts, unreadable } = readPictureTexts(bytes, format)
  const found = dialects.reduce<FoundRecipe | null>((before, read) => before ?? read(texts), null)
  const notes = unreadable.map((keyword) =>
    unreadField(keyword, 'This text is damaged or too long to be read.'),
  )
  const parameters = texts.get('parameters') ?? texts.get('usercomment') ?? null
  if (notes.length === 0) return { found, parameters }
  const nothing: FoundRecipe = { tool: 'unknown', settings: {}, unread: [], own: null }
  const { unread, ...rest } = found ?? nothing
  return { found: { ...rest, unread: [...unread, ...notes] }, parameters }
}

/** Our own recipe, as complete as the day it was written. */
function readOwn(texts: PictureTexts): FoundRecipe | null {
  const recipe = recipeSchema.safeParse(parseJsonObject(texts.get('mysticanvas')))
  return recipe.success ? { tool: 'MystiCanvas', settings: {}, unread: [], own: recipe.data } : null
}
