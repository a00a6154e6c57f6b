import type { WritableDatabase } from '../../storage/connection.ts'
import { getGenerationFile, type FileRole } from '../../storage/generation-files.ts'
import { resolveInside } from '../../storage/picture-paths.ts'
import type { StylePreviews } from '../styles/style-previews.ts'
import { boundedPreview } from './bounded-preview.ts'
import type { SourcePictures } from './source-pictures.ts'

/** Where pictures are found: by browsers, and by agents. */
export function locatePictures(parts: {
  readonly database: WritableDatabase
  readonly dataFolder: string
  readonly sources: SourcePictures
  readonly previews: StylePreviews
}) {
  const { database, dataFolder: root, sources, previews } = parts
  return {
    pictures: {
      root,
      generationFile: (id: string, role: FileRole) => getGenerationFile(database, Number(id), role),
      stylePreview: (id: number) => previews.file(id),
      uploadedFile: (id: string) => {
        const path = sources.uploadedFile(id)
        return path === null ? null : { path, mime: 'image/png' }
      },
    },
    previews: {
      preview: (id: string, mostCharacters: number) => boundedPreview(database, root, id, mostCharacters),
      path: (id: string) => {
        const file = getGenerationFile(database, Number(id), 'original')
        return file === null ? null : resolveInside(root, file.path)
      },
    },
  }
}
