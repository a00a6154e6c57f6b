import { existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { reclaimOrphans } from '../../../orchestrator/domain/upkeep/reclaim-orphans.ts'
import { remakeSmallPictures } from '../../../orchestrator/domain/upkeep/remake-small-pictures.ts'
import { readAll, write } from '../../../orchestrator/storage/connection.ts'
import { examinePictures } from '../../../orchestrator/storage/examine-pictures.ts'
import {
  getGenerationFile,
  putGenerationFile,
  sourceRoles,
} from '../../../orchestrator/storage/generation-files.ts'
import { getGeneration } from '../../../orchestrator/storage/generations.ts'
import { jobsOfGeneration } from '../../../orchestrator/storage/jobs.ts'
import {
  picturePath,
  stylePreviewPath,
  uploadedPicturePath,
} from '../../../orchestrator/storage/picture-paths.ts'
import { writePictureFile } from '../../../orchestrator/storage/picture-files.ts'
import { getStylePreview, putStylePreview } from '../../../orchestrator/storage/style-previews.ts'
import { styleLibrary } from '../../../orchestrator/domain/styles/library/index.ts'
import { seedStyles } from '../../../orchestrator/domain/styles/seed-styles.ts'
import { digest, firstId, pngWithRecipe, storePicture, storeUpload } from '../storage/backup-support.ts'
import { fileDatabase, storeGeneration, temporaryFolder } from '../storage/support.ts'

const [first, second, third] = [firstId, firstId + 1, firstId + 2]

async function gallery() {
  const folder = temporaryFolder()
  const database = fileDatabase(folder)
  for (const id of [first, second]) await storePicture(database, folder, id)
  const upload = await storeUpload(database, folder)
  const file = (id: number, role: 'original' | 'thumbnail' | 'preview') => join(folder, picturePath(id, role))
  return { folder, database, upload, file }
}

describe('looking at the picture files', () => {
  test('[storage-picture-upkeep] finds nothing where all is well, deep or not', async () => {
    const { folder, database } = await gallery()
    for (const deep of [false, true])
      expect(await examinePictures(database, folder, { deep })).toEqual({
        files: 7,
        lost: 0,
        remakable: 0,
        without_small: 0,
        examples: [],
      })
  })

  test('[storage-picture-upkeep] tells what is missing or of another size, and whether it can be made anew', async () => {
    const { folder, database, upload, file } = await gallery()
    rmSync(file(first, 'original'))
    truncateSync(file(first, 'preview'), 5)
    rmSync(join(folder, uploadedPicturePath(upload)))
    const found = await examinePictures(database, folder, { deep: false })
    expect(found).toMatchObject({ files: 7, lost: 2, remakable: 1 })
    expect(found.examples.map(({ record, state }) => [record.role, record.generation_id, state])).toEqual([
      ['original', first, 'missing'],
      ['preview', first, 'changed'],
      ['upload', null, 'missing'],
    ])
  })

  test('[storage-picture-upkeep] another content of the same size shows to a deep look alone', async () => {
    const { folder, database, file } = await gallery()
    const bytes = readFileSync(file(second, 'original'))
    writeFileSync(file(second, 'original'), bytes.fill(0, 40, 50))
    expect(await examinePictures(database, folder, { deep: false })).toMatchObject({ lost: 0 })
    expect(await examinePictures(database, folder, { deep: true })).toMatchObject({ lost: 1 })
  })

  test('[storage-picture-upkeep] a style’s preview that is gone is forgotten, so that it is made anew', async () => {
    const { folder, database } = await gallery()
    seedStyles(database, styleLibrary, 1)
    const written = await writePictureFile(folder, stylePreviewPath(1), Buffer.from('a small picture'))
    const row = { ...written, width: 320, height: 320, created_at: 1 }
    for (const id of [1, 2]) putStylePreview(database, { ...row, style_id: id, path: stylePreviewPath(id) })
    expect(await examinePictures(database, folder, { deep: true })).toMatchObject({
      files: 9,
      remakable: 1,
      lost: 0,
    })
    expect(await remakeSmallPictures(database, folder)).toBe(1)
    expect(getStylePreview(database, 1)).toMatchObject({ path: stylePreviewPath(1) })
    expect(getStylePreview(database, 2)).toBeNull()
  })

  test('[storage-picture-upkeep] what a picture was made from belongs to others, and is no file of its own', async () => {
    const { folder, database, upload } = await gallery()
    const file = {
      path: uploadedPicturePath(upload),
      sha256: upload,
      bytes: 9,
      width: 8,
      height: 8,
      mime: 'image/png',
    }
    for (const role of sourceRoles) putGenerationFile(database, { generation_id: first, role, ...file })
    expect(await examinePictures(database, folder, { deep: true })).toMatchObject({ files: 7, lost: 0 })
    expect(getGenerationFile(database, first, 'mask')).toMatchObject(file)
  })

  test('[storage-picture-upkeep] pages through a gallery of many pages, each file once', async () => {
    const { folder, database } = await gallery()
    write(
      database,
      `INSERT INTO generations (id, state, request_id, created_at, finished_at, recipe)
       WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers LIMIT 1500)
       SELECT number, 'completed', 'x', 0, 0, (SELECT recipe FROM generations WHERE id = ${first}) FROM numbers`,
    )
    write(
      database,
      `INSERT INTO generation_files SELECT generations.id, role, role || '/' || generations.id, sha256, bytes, 1, 1, mime
       FROM generations JOIN generation_files ON generation_id = ${first} WHERE generations.id <= 1500`,
    )
    const seen: string[] = []
    const found = await examinePictures(database, folder, {
      deep: false,
      onFault: ({ record }) => seen.push(record.path),
    })
    expect(found).toMatchObject({ files: 4507, lost: 1500, remakable: 3000 })
    expect(found.examples).toHaveLength(100)
    expect(new Set(seen).size).toBe(4500)
  })
})

describe('mending picture files', () => {
  test('[storage-picture-upkeep] small pictures that are missing get one job for each picture', async () => {
    const { folder, database, file } = await gallery()
    expect(await remakeSmallPictures(database, folder)).toBe(0)
    rmSync(file(first, 'thumbnail'))
    rmSync(file(first, 'preview'))
    truncateSync(file(second, 'preview'), 5)
    expect(await remakeSmallPictures(database, folder)).toBe(2)
    expect(await remakeSmallPictures(database, folder)).toBe(2)
    for (const id of [first, second])
      expect(jobsOfGeneration(database, id).map(({ kind, state }) => [kind, state])).toEqual([
        ['thumbnail', 'queued'],
      ])
  })

  test('[storage-picture-upkeep] small pictures that were never made get a job, unless one is on its way', async () => {
    const { folder, database } = await gallery()
    write(database, `DELETE FROM generation_files WHERE generation_id = ${second} AND role = 'preview'`)
    expect(await examinePictures(database, folder, { deep: false })).toMatchObject({ without_small: 1 })
    expect(await remakeSmallPictures(database, folder)).toBe(1)
    expect(jobsOfGeneration(database, second).map(({ kind }) => kind)).toEqual(['thumbnail'])
    expect(await examinePictures(database, folder, { deep: false })).toMatchObject({ without_small: 0 })
  })

  test('[storage-picture-upkeep] a picture whose row was lost is taken in by its recipe, with its source lost as well', async () => {
    const { folder, database } = await gallery()
    const png = await pngWithRecipe(3, { prompt: 'a lost boat', mode: 'img2img', source_generation: '77' })
    await writePictureFile(folder, picturePath(third, 'original'), png)
    await writePictureFile(folder, picturePath(third, 'thumbnail'), png)
    expect(await reclaimOrphans(database, folder, 0)).toEqual({ adopted: 1, moved: 0, report: null })
    expect(getGeneration(database, third)).toMatchObject({
      state: 'completed',
      parent_id: null,
      recipe: { prompt: 'a lost boat', source_generation: '77' },
    })
    expect(getGenerationFile(database, third, 'original')).toMatchObject({
      width: 8,
      height: 12,
      bytes: png.length,
      sha256: digest(folder, picturePath(third, 'original')),
    })
    expect(jobsOfGeneration(database, third)).toHaveLength(1)
    expect(readAll(database, `SELECT rowid FROM generations_fts WHERE generations_fts MATCH 'lost'`)).toEqual(
      [{ rowid: third }],
    )
    expect(await reclaimOrphans(database, folder, 0)).toMatchObject({ adopted: 0, moved: 0 })
  })

  test('[storage-picture-upkeep] an upload whose row was lost is taken in where its name is its checksum', async () => {
    const { folder, database, upload } = await gallery()
    write(database, 'DELETE FROM uploaded_pictures')
    const liar = uploadedPicturePath('c'.repeat(64))
    await writePictureFile(folder, liar, await pngWithRecipe(9))
    expect(await reclaimOrphans(database, folder, 0)).toMatchObject({ adopted: 1, moved: 1 })
    expect(readAll(database, 'SELECT sha256, width, height FROM uploaded_pictures')).toEqual([
      { sha256: upload, width: 8, height: 12 },
    ])
    expect(existsSync(join(folder, 'lost-and-found', liar))).toBe(true)
  })

  test('[storage-picture-upkeep] what cannot be taken in is moved aside, listed and never overwritten', async () => {
    const { folder, database, file } = await gallery()
    storeGeneration(database, third)
    write(database, `UPDATE generations SET state = 'cancelled', finished_at = 1 WHERE id = ${third}`)
    const path = picturePath(third, 'original')
    await writePictureFile(folder, path, await pngWithRecipe(4))
    writeFileSync(join(folder, 'images', 'notes.txt'), 'mine')
    const { moved, report } = await reclaimOrphans(database, folder, 0)
    expect(moved).toBe(1)
    expect(readFileSync(report ?? '', 'utf8')).toBe(`${path} -> lost-and-found/${path}\n`)
    await writePictureFile(folder, path, Buffer.from('torn'))
    renameSync(file(first, 'preview'), join(folder, picturePath(third, 'preview')))
    expect(await reclaimOrphans(database, folder, 1)).toMatchObject({ adopted: 0, moved: 2 })
    expect(readFileSync(join(folder, 'lost-and-found', path))).toEqual(await pngWithRecipe(4))
    expect(readFileSync(join(folder, 'lost-and-found/1', path), 'utf8')).toBe('torn')
    expect(readFileSync(join(folder, 'images', 'notes.txt'), 'utf8')).toBe('mine')
    expect(existsSync(file(first, 'original'))).toBe(true)
  })
})
