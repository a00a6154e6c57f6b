import { transaction, type WritableDatabase } from '../../storage/connection.ts'
import { examinePictures, isRemakable } from '../../storage/examine-pictures.ts'
import { picturesWithoutSmall } from '../../storage/picture-records.ts'
import { removeStylePreviewAt } from '../../storage/style-previews.ts'
import { enqueueThumbnail } from '../pictures/enqueue-thumbnail.ts'

/** How many jobs are stored in one transaction. */
const batch = 500

/**
 * Asks for small pictures that are missing, changed or were never made, of the next start. Previews of styles that are not
 * as they were are forgotten, and made when the styles are looked at.
 *
 * @returns for how many pictures and styles
 */
export async function remakeSmallPictures(database: WritableDatabase, dataFolder: string): Promise<number> {
  const waiting = new Set<number>()
  let remade = 0
  let last = 0
  const want = (id: number) => {
    remade += 1
    waiting.add(id)
    if (waiting.size === batch) store()
  }
  const store = () => {
    transaction(database, () => waiting.forEach((id) => enqueueThumbnail(database, id, 'doctor')))
    waiting.clear()
  }
  await examinePictures(database, dataFolder, {
    deep: false,
    onFault: (fault) => {
      const { generation_id: id, role, path } = fault.record
      if (role === 'style_preview') {
        removeStylePreviewAt(database, path)
        remade += 1
      }
      // Both small pictures of one come after each other, and one job makes both.
      if (id === null || id === last || !isRemakable(fault)) return
      last = id
      want(id)
    },
  })
  store()
  for (const id of picturesWithoutSmall(database)) want(id)
  store()
  return remade
}
