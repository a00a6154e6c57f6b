import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { ReadableDatabase } from '../../storage/connection.ts'
import { getGenerationFile } from '../../storage/generation-files.ts'
import { resolveInside } from '../../storage/picture-paths.ts'

/** A small copy of a picture, as it travels inside JSON. */
export interface Preview {
  readonly mime: string
  readonly base64: string
}

/** What to try, the best first. The last one is small enough for every picture. */
const attempts = [
  { side: 256, quality: 80 },
  { side: 256, quality: 50 },
  { side: 192, quality: 40 },
  { side: 96, quality: 30 },
] as const

/**
 * A copy of at most 256 pixels a side and so many characters of base64, made on the spot: the thumbnail follows a moment
 * after the picture, and who waited for the picture should see it.
 *
 * @returns null where the picture has no file, or none that can be read
 */
export async function boundedPreview(
  database: ReadableDatabase,
  dataFolder: string,
  id: string,
  mostCharacters: number,
): Promise<Preview | null> {
  const file =
    getGenerationFile(database, Number(id), 'thumbnail') ??
    getGenerationFile(database, Number(id), 'original')
  if (file === null) return null
  try {
    const bytes = await readFile(resolveInside(dataFolder, file.path))
    return await shrink(bytes, mostCharacters)
  } catch {
    // A row may outlive its file. The picture's record is still worth showing.
    return null
  }
}

async function shrink(bytes: Buffer, mostCharacters: number): Promise<Preview | null> {
  for (const { side, quality } of attempts) {
    const small = await sharp(bytes)
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality })
      .toBuffer()
    const base64 = small.toString('base64')
    if (base64.length <= mostCharacters) return { mime: 'image/webp', base64 }
  }
  return null
}
