import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { fillGallery, type SampleGallery } from '../../bench/database/fill-gallery.ts'
import { handleOf } from '../../orchestrator/storage/connection.ts'
import { closeDatabase, openDatabase } from '../../orchestrator/storage/database.ts'
import { migrate } from '../../orchestrator/storage/migrate.ts'

/** What fillGallery calls the files of its pictures by; each size of them all is one real file here. */
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#274b6d"/><stop offset="1" stop-color="#c99a6b"/></linearGradient></defs><rect width="256" height="256" fill="url(#sky)"/><circle cx="90" cy="96" r="26" fill="#f2d9a6"/><path d="M0 180 Q70 120 150 180 T256 160 V256 H0z" fill="#1f3440"/></svg>'

/** Puts many finished pictures of the last three years into the data folder of a product that is not running yet. */
export async function seedLargeGallery(dataFolder: string, count: number): Promise<SampleGallery> {
  const files = {
    original: { path: 'images/2026/01/sample.png', mime: 'image/png' },
    preview: { path: 'previews/2026/01/sample.webp', mime: 'image/webp' },
    thumbnail: { path: 'thumbnails/2026/01/sample.webp', mime: 'image/webp' },
  }
  for (const { path, mime } of Object.values(files)) {
    const picture = sharp(Buffer.from(drawing))
    mkdirSync(join(dataFolder, path, '..'), { recursive: true })
    writeFileSync(
      join(dataFolder, path),
      await (mime === 'image/png' ? picture.png() : picture.webp()).toBuffer(),
    )
  }
  const database = openDatabase(join(dataFolder, 'mysticanvas.sqlite'))
  try {
    migrate(database, { backupFolder: join(dataFolder, 'backups'), now: Date.now() })
    const sample = fillGallery(database, count, () => undefined)
    const update = handleOf(database).prepare('UPDATE generation_files SET path = ?, mime = ? WHERE role = ?')
    for (const [role, { path, mime }] of Object.entries(files)) update.run(path, mime, role)
    return sample
  } finally {
    closeDatabase(database)
  }
}
