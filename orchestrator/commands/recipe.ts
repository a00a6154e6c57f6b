import { readFile } from 'node:fs/promises'
import { ProductError } from '../../contracts/errors.ts'
import { readRecipeOf } from '../domain/transfer/read-recipe.ts'

/** `mysticanvas recipe <file>`: prints how a picture was made, read from the picture itself. */
export async function recipe(file: string): Promise<void> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ProductError('picture_not_found', `The file ${file} cannot be read.`, { cause })
  })
  const found = await readRecipeOf(bytes, [])
  if (found.recipe !== null) process.stdout.write(`${JSON.stringify(found.recipe, null, 2)}\n`)
  else process.stdout.write(`${found.parameters}\n`)
}
