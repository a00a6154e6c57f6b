import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { ProductError } from '../../../contracts/errors.ts'
import type { WritableDatabase } from '../../storage/connection.ts'
import { getGenerationFile, type GenerationFile, type SourceRole } from '../../storage/generation-files.ts'
import { writePictureFile } from '../../storage/picture-files.ts'
import { resolveInside, uploadedPicturePath } from '../../storage/picture-paths.ts'
import {
  getUploadedPicture,
  insertUploadedPicture,
  type UploadedPicture,
} from '../../storage/uploaded-pictures.ts'
import type { PictureSize } from '../generation/picture-size.ts'
import type { SourcePicture } from '../generation/resolve-recipe.ts'
import { checkPicture } from './check-picture.ts'

/** The pictures that image-to-image can start from: uploads, and what was made before. */
export class SourcePictures {
  readonly #database: WritableDatabase
  readonly #dataFolder: string

  constructor(database: WritableDatabase, dataFolder: string) {
    this.#database = database
    this.#dataFolder = dataFolder
  }

  /**
   * Keeps an uploaded picture, decoded and encoded anew; the same picture is kept once.
   *
   * @throws ProductError where the bytes are not a picture that is taken in
   */
  async upload(bytes: Buffer): Promise<UploadedPicture> {
    const { png, width, height } = await checkPicture(bytes)
    const sha256 = createHash('sha256').update(png).digest('hex')
    await writePictureFile(this.#dataFolder, uploadedPicturePath(sha256), png)
    const picture = { sha256, width, height, bytes: png.length, created_at: Date.now() }
    insertUploadedPicture(this.#database, picture)
    return picture
  }

  /** Where an upload lies below the data folder; null where there is no such upload. */
  uploadedFile(sha256: string): string | null {
    return getUploadedPicture(this.#database, sha256) === null ? null : uploadedPicturePath(sha256)
  }

  /**
   * What a request wants to start from.
   *
   * @throws ProductError `source_picture_not_found`, or `invalid_input` where it names two
   */
  find(wanted: { generation?: string | undefined; init_image?: string | undefined }): SourcePicture | null {
    if (wanted.generation !== undefined && wanted.init_image !== undefined) {
      const message = 'Name one picture to start from, not two.'
      throw new ProductError('invalid_input', message, {
        details: { fields: [{ field: 'init_image', message }] },
      })
    }
    const found = this.#findGeneration(wanted.generation) ?? this.#findUpload(wanted.init_image)
    if (found === null && (wanted.generation ?? wanted.init_image) !== undefined) {
      throw new ProductError('source_picture_not_found')
    }
    return found
  }

  /**
   * Reads a source and brings it to exactly the size that is wanted, cropped rather than stretched.
   *
   * @returns a PNG
   * @throws ProductError `source_picture_not_found` where its file is gone
   */
  async read(source: { generation: string | null; sha256: string }, size: PictureSize): Promise<Buffer> {
    const file =
      source.generation === null
        ? null
        : getGenerationFile(this.#database, Number(source.generation), 'original')
    const path = resolveInside(this.#dataFolder, file?.path ?? uploadedPicturePath(source.sha256))
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new ProductError('source_picture_not_found', undefined, { cause })
    })
    return sharp(bytes)
      .autoOrient()
      .resize(size.width, size.height, { fit: 'cover' })
      .removeAlpha()
      .toColourspace('srgb')
      .png()
      .toBuffer()
  }

  /**
   * The file of a source, as a file of the pictures that are made from it.
   *
   * @param role what it is to them
   * @returns null where it has gone since it was found
   */
  fileOf(source: SourcePicture, role: SourceRole): Omit<GenerationFile, 'generation_id'> | null {
    if (source.generation !== null) {
      const original = getGenerationFile(this.#database, Number(source.generation), 'original')
      return original === null ? null : { ...original, role }
    }
    const upload = getUploadedPicture(this.#database, source.sha256)
    if (upload === null) return null
    const { sha256, bytes, width, height } = upload
    return {
      role,
      path: uploadedPicturePath(sha256),
      sha256,
      bytes,
      width,
      height,
      mime: 'image/png',
    }
  }

  #findGeneration(id: string | undefined): SourcePicture | null {
    if (id === undefined) return null
    const file = getGenerationFile(this.#database, Number(id), 'original')
    return file === null
      ? null
      : { width: file.width, height: file.height, sha256: file.sha256, generation: id }
  }

  #findUpload(sha256: string | undefined): SourcePicture | null {
    if (sha256 === undefined) return null
    const picture = getUploadedPicture(this.#database, sha256)
    return picture === null
      ? null
      : { width: picture.width, height: picture.height, sha256, generation: null }
  }
}
