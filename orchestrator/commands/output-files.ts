import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, parse, resolve } from 'node:path'
import { ProductError } from '../../contracts/errors.ts'

/**
 * Where the pictures of one command go, absolute: `boat.png` for one, `boat-1.png`, `boat-2.png` for several.
 *
 * @param out what was asked for; else each picture is named by its id, in the current folder
 */
export function outputPaths(out: string | undefined, ids: readonly string[]): string[] {
  return ids.map((id, index) => {
    if (out === undefined) return resolve(`mysticanvas-${id}.png`)
    const { dir, name, ext } = parse(resolve(out))
    return ids.length === 1 ? resolve(out) : resolve(dir, `${name}-${index + 1}${ext}`)
  })
}

/**
 * Looks before any work begins whether a picture could be written.
 *
 * @throws ProductError `output_not_writable`
 */
export async function requireWritable(out: string): Promise<void> {
  const path = resolve(out)
  const folder = dirname(path)
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new ProductError('output_not_writable', `Nothing can be written to the folder ${folder}.`, {
      cause,
    })
  })
  const present = await stat(path).catch(() => null)
  if (present?.isDirectory() === true) throw new ProductError('output_not_writable', `${path} is a folder.`)
}

/**
 * Writes a picture as a whole or not at all; a file that was there is replaced.
 *
 * @throws ProductError `output_not_writable`
 */
export async function writeOutput(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.partial`
  try {
    await writeFile(temporary, content)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw new ProductError('output_not_writable', `The picture cannot be written to ${path}.`, { cause })
  }
}
