import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { putGenerationFile } from '../../../orchestrator/storage/generation-files.ts'
import { markGenerationCancelled } from '../../../orchestrator/storage/generation-states.ts'
import { removePictureFile, writePictureFile } from '../../../orchestrator/storage/picture-files.ts'
import {
  pictureOfPath,
  picturePath,
  pictureRoles,
  resolveInside,
  uploadedPicturePath,
} from '../../../orchestrator/storage/picture-paths.ts'
import {
  findOrphanPictures,
  removeTemporaryFiles,
  type OrphanPicture,
} from '../../../orchestrator/storage/picture-upkeep.ts'
import { insertUploadedPicture } from '../../../orchestrator/storage/uploaded-pictures.ts'
import { enqueueJob } from '../../../orchestrator/storage/jobs.ts'
import { memoryDatabase, newJob, storeGeneration, temporaryFolder } from './support.ts'

const id = Date.parse('2026-11-22T12:00:00Z') * 1024 + 3
const content = Buffer.from('a picture')

describe('the path of a picture', () => {
  test('follows from its id', () => {
    expect(picturePath(id, 'original')).toBe(`images/2026/11/${id}.png`)
    expect(picturePath(id, 'thumbnail')).toBe(`thumbnails/2026/11/${id}.webp`)
    expect(picturePath(id, 'preview')).toBe(`previews/2026/11/${id}.webp`)
    expect(uploadedPicturePath('abcd')).toBe('uploads/ab/abcd.png')
  })

  test('leads back to its id, and other files lead nowhere', () => {
    for (const role of pictureRoles) expect(pictureOfPath(role, picturePath(id, role))).toBe(id)
    // Pictures that were imported keep their format.
    for (const extension of ['jpg', 'webp'])
      expect(pictureOfPath('original', picturePath(id, 'original', extension))).toBe(id)
    const others = [
      `images/2026/10/${id}.png`,
      `images/2026/11/${id}.gif`,
      'images/2026/11/x.png',
      `${id}.png`,
      '',
    ]
    for (const path of others) expect(pictureOfPath('original', path)).toBeNull()
    expect(pictureOfPath('thumbnail', picturePath(id, 'original'))).toBeNull()
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (number) => {
        expect([number, null]).toContain(pictureOfPath('original', `images/1970/01/${number}.png`))
      }),
    )
  })

  test.each([
    '',
    '/etc/passwd',
    '../other',
    'images/../../other',
    'images/./x',
    'images//x',
    'images\\..\\x',
    'C:/x',
    'images/\0',
    'images/.writing-x',
    'images/',
  ])('%j is never followed', (path) => {
    expect(() => resolveInside('/data', path)).toThrow('Not a path in the data folder')
  })

  test('whatever it is, leads into the data folder or nowhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', '\\', '~', ' ', '-') }), (path) => {
        let resolved: string
        try {
          resolved = resolveInside('/data', path)
        } catch {
          return
        }
        expect(resolved.startsWith('/data/')).toBe(true)
      }),
    )
  })
})

describe('the file of a picture', () => {
  test('is written with its folders and known by its content', async () => {
    const folder = temporaryFolder()
    const path = picturePath(id, 'original')
    const sha256 = createHash('sha256').update(content).digest('hex')
    expect(await writePictureFile(folder, path, content)).toEqual({ path, sha256, bytes: content.length })
    expect(readFileSync(join(folder, path))).toEqual(content)
  })

  test('is replaced when the picture is made again', async () => {
    const folder = temporaryFolder()
    const path = picturePath(id, 'original')
    await writePictureFile(folder, path, content)
    await writePictureFile(folder, path, Buffer.from('again'))
    expect(readFileSync(join(folder, path), 'utf8')).toBe('again')
    expect(readdirSync(dirname(join(folder, path)))).toHaveLength(1)
  })

  test('is not there in part when writing fails', async () => {
    const folder = temporaryFolder()
    const path = picturePath(id, 'original')
    mkdirSync(join(folder, path), { recursive: true })
    await expect(writePictureFile(folder, path, content)).rejects.toThrow('EISDIR')
    expect(readdirSync(dirname(join(folder, path)))).toEqual([`${id}.png`])
  })

  test('is removed, and may be gone already', async () => {
    const folder = temporaryFolder()
    const path = picturePath(id, 'original')
    await writePictureFile(folder, path, content)
    await removePictureFile(folder, path)
    await removePictureFile(folder, path)
    expect(existsSync(join(folder, path))).toBe(false)
  })
})

describe('looking after picture files', () => {
  test('removes what a crash left half written, and nothing else', async () => {
    const folder = temporaryFolder()
    expect(await removeTemporaryFiles(folder)).toBe(0)
    await writePictureFile(folder, picturePath(id, 'original'), content)
    await writePictureFile(folder, uploadedPicturePath('abcd'), content)
    const temporary = '.writing-00000000-0000-4000-8000-000000000000'
    for (const place of ['images/2026/11', 'uploads/ab'])
      writeFileSync(join(folder, place, temporary), 'half')
    writeFileSync(join(folder, 'images/2026/11/.hidden'), 'mine')
    expect(await removeTemporaryFiles(folder)).toBe(2)
    expect(readdirSync(join(folder, 'images/2026/11')).toSorted()).toEqual(['.hidden', `${id}.png`])
    expect(readdirSync(join(folder, 'uploads/ab'))).toEqual(['abcd.png'])
  })

  test('[storage-picture-upkeep] finds pictures no row speaks of', async () => {
    const folder = temporaryFolder()
    const database = memoryDatabase()
    const find = async () => {
      const found: OrphanPicture[] = []
      for await (const orphans of findOrphanPictures(database, folder)) found.push(...orphans)
      return found
    }
    expect(await find()).toEqual([])
    const [kept, orphan, unknown, waiting] = [id, id + 1, id + 2, id + 3] as const
    for (const one of [kept, orphan, waiting]) storeGeneration(database, one)
    for (const one of [kept, orphan]) markGenerationCancelled(database, one, 1)
    for (const one of [kept, orphan, unknown, waiting])
      await writePictureFile(folder, picturePath(one, 'original'), content)
    await writePictureFile(folder, picturePath(kept, 'thumbnail'), content)
    writeFileSync(join(folder, 'images', 'notes.txt'), 'mine')
    const file = { sha256: 'a'.repeat(64), bytes: 9, width: 8, height: 8, mime: 'image/png' }
    putGenerationFile(database, {
      ...file,
      generation_id: kept,
      role: 'original',
      path: picturePath(kept, 'original'),
    })
    const [upload, unknownUpload] = ['a'.repeat(64), 'b'.repeat(64)].map(uploadedPicturePath) as [
      string,
      string,
    ]
    for (const path of [upload, unknownUpload]) await writePictureFile(folder, path, content)
    insertUploadedPicture(database, { sha256: 'a'.repeat(64), width: 8, height: 8, bytes: 9, created_at: 0 })
    const orphans = await find()
    expect(orphans.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { generation_id: orphan, role: 'original', path: picturePath(orphan, 'original') },
      { generation_id: unknown, role: 'original', path: picturePath(unknown, 'original') },
      { generation_id: kept, role: 'thumbnail', path: picturePath(kept, 'thumbnail') },
      { generation_id: null, role: 'upload', path: unknownUpload },
    ])
    enqueueJob(database, newJob({ kind: 'thumbnail', generation_id: kept }))
    expect((await find()).map(({ role }) => role)).not.toContain('thumbnail')
  })
})
