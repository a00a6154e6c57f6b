import { access } from 'node:fs/promises'
import { extname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ProductError } from '../../contracts/errors.ts'
import { generationIdSchema } from '../../contracts/entities/recipe.ts'
import { styleIdSchema } from '../../contracts/entities/style.ts'
import { uploadedPictureIdSchema } from '../../contracts/capabilities/pictures.ts'

/** Finds the file behind a picture's address; null where there is none. */
export interface PictureLocator {
  readonly root: string
  /** @returns the path below `root` */
  generationFile(
    id: string,
    role: 'original' | 'thumbnail' | 'preview' | 'init' | 'mask' | 'control',
  ): { path: string; mime: string } | null
  uploadedFile(id: string): { path: string; mime: string } | null
  stylePreview(id: number): { path: string; mime: string } | null
}

const generationPictureSchema = z.object({
  id: generationIdSchema,
  role: z.enum(['original', 'thumbnail', 'preview', 'init', 'mask', 'control']),
})
const styleSchema = z.object({ id: z.coerce.number().pipe(styleIdSchema) })
const uploadSchema = z.object({ id: uploadedPictureIdSchema })

/**
 * Serves pictures by id, never by path, with our own content type. Ranges, conditional requests and dates are the
 * library's work. What an address shows never changes, so a browser may keep it.
 */
export function registerPictures(app: FastifyInstance, locator: PictureLocator): void {
  void app.register(fastifyStatic, { root: locator.root, serve: false, immutable: true, maxAge: '365d' })

  app.get('/api/pictures/:id/:role', async (request, reply) => {
    const wanted = generationPictureSchema.safeParse(request.params)
    const file = wanted.success ? locator.generationFile(wanted.data.id, wanted.data.role) : null
    if (file === null || !wanted.success) throw new ProductError('picture_not_found')
    await requireFile(locator, file.path)
    if ('download' in (request.query as object)) {
      void reply.header(
        'content-disposition',
        `attachment; filename="mysticanvas-${wanted.data.id}${extname(file.path)}"`,
      )
    }
    return reply.type(file.mime).sendFile(file.path, locator.root, { contentType: false, cacheControl: true })
  })

  app.get('/api/styles/:id/preview', async (request, reply) => {
    const wanted = styleSchema.safeParse(request.params)
    const file = wanted.success ? locator.stylePreview(wanted.data.id) : null
    if (file === null) throw new ProductError('picture_not_found')
    await requireFile(locator, file.path)
    return reply.type(file.mime).sendFile(file.path, locator.root, { contentType: false })
  })

  app.get('/api/uploads/:id', async (request, reply) => {
    const wanted = uploadSchema.safeParse(request.params)
    const file = wanted.success ? locator.uploadedFile(wanted.data.id) : null
    if (file === null) throw new ProductError('picture_not_found')
    await requireFile(locator, file.path)
    return reply.type(file.mime).sendFile(file.path, locator.root, { contentType: false })
  })
}

/** A row may outlive its file, where a person has tidied up. */
async function requireFile({ root }: PictureLocator, path: string): Promise<void> {
  await access(join(root, path)).catch((cause: unknown) => {
    throw new ProductError('picture_not_found', undefined, { cause })
  })
}
