import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Recipe } from '../../../contracts/entities/recipe.ts'
import { transaction, type WritableDatabase } from '../../../orchestrator/storage/connection.ts'
import { putGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import {
  markGenerationCompleted,
  markGenerationStarted,
} from '../../../orchestrator/storage/generation-states.ts'
import { writePictureFile } from '../../../orchestrator/storage/picture-files.ts'
import {
  picturePath,
  uploadedPicturePath,
  type PictureRole,
} from '../../../orchestrator/storage/picture-paths.ts'
import { writePngRecipe } from '../../../orchestrator/storage/png-recipe.ts'
import { insertUploadedPicture } from '../../../orchestrator/storage/uploaded-pictures.ts'
import { recipe, storeGeneration } from './support.ts'

/** The first id of pictures that tests store. */
export const firstId = Date.parse('2026-11-22T12:00:00Z') * 1024

/** A small PNG of one colour that carries a recipe. */
export async function pngWithRecipe(shade: number, changes: Partial<Recipe> = {}): Promise<Buffer> {
  const create = { width: 8, height: 12, channels: 3, background: { r: shade, g: 0, b: 0 } } as const
  const png = writePngRecipe(await sharp({ create }).png().toBuffer(), recipe(changes), '0')
  if (png === null) throw new Error('sharp makes PNGs.')
  return png
}

/** Stores a finished picture with its three files. */
export async function storePicture(database: WritableDatabase, folder: string, id: number): Promise<void> {
  const png = await pngWithRecipe(id % 256)
  const facts = { width: 8, height: 12, mime: 'image/png' }
  const roles: PictureRole[] = ['original', 'thumbnail', 'preview']
  const files = await Promise.all(roles.map((role) => writePictureFile(folder, picturePath(id, role), png)))
  transaction(database, () => {
    storeGeneration(database, id)
    markGenerationStarted(database, id, 1)
    for (const [index, file] of files.entries())
      putGenerationFile(database, { generation_id: id, role: roles[index] ?? 'original', ...file, ...facts })
    markGenerationCompleted(database, id, 2, recipe())
  })
}

/** Stores an upload; its sha256. */
export async function storeUpload(database: WritableDatabase, folder: string): Promise<string> {
  const png = await pngWithRecipe(1)
  const sha256 = createHash('sha256').update(png).digest('hex')
  await writePictureFile(folder, uploadedPicturePath(sha256), png)
  insertUploadedPicture(database, { sha256, width: 8, height: 12, bytes: png.length, created_at: 0 })
  return sha256
}

/** The sha256 of a file of a folder. */
export function digest(...path: string[]): string {
  return createHash('sha256')
    .update(readFileSync(join(...path)))
    .digest('hex')
}
