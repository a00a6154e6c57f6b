import { access } from 'node:fs/promises'
import sharp from 'sharp'
import type { z } from 'zod'
import { guidanceSchema, sideSchema, stepsSchema, type ModelFiles } from '../../contracts/entities/preset.ts'
import { ProductError } from '../../contracts/errors.ts'
import type { ImageRequest } from '../../contracts/worker.ts'

/**
 * Refuses what the engine would misunderstand, before it sees it.
 *
 * @throws ProductError `invalid_input` for figures out of range and a source picture of another size,
 * `picture_unreadable`, `unsupported_by_engine`, `model_file_missing`
 */
export async function checkRequest(request: ImageRequest): Promise<void> {
  checkFigure('width', sideSchema, request.width)
  checkFigure('height', sideSchema, request.height)
  checkFigure('steps', stepsSchema, request.steps)
  checkFigure('guidance', guidanceSchema, request.guidance)
  await checkFiles(request.model.files)
  if (request.init_image_base64 !== null) await checkSource(request, request.init_image_base64)
}

/** @throws ProductError `model_file_missing`, naming the part and the path */
export async function checkFiles(files: ModelFiles): Promise<void> {
  for (const [role, path] of Object.entries(files)) {
    if (path === undefined) continue
    const missing = await access(path).then(
      () => false,
      () => true,
    )
    if (missing) throw new ProductError('model_file_missing', undefined, { details: { role, path } })
  }
}

async function checkSource({ width, height, model }: ImageRequest, base64: string): Promise<void> {
  if (model.files.llm !== undefined) {
    // Such a model takes a source picture as a reference and ignores the strength; that is not what was asked for.
    const feature = 'image-to-image with a model that reads its prompt through a language model'
    throw new ProductError('unsupported_by_engine', undefined, { details: { feature } })
  }
  const found = await sharp(Buffer.from(base64, 'base64'))
    .metadata()
    .catch((cause: unknown) => {
      throw new ProductError('picture_unreadable', undefined, { cause })
    })
  if (found.format === 'png' && found.width === width && found.height === height) return
  const problem = `It is a ${found.format} of ${found.width} by ${found.height}; a PNG of ${width} by ${height} is needed.`
  throw wrongField('init_image_base64', problem)
}

function checkFigure(field: string, schema: z.ZodType, value: number): void {
  const checked = schema.safeParse(value)
  if (!checked.success) throw wrongField(field, checked.error.issues[0]?.message ?? 'Out of range.')
}

function wrongField(field: string, problem: string): ProductError {
  return new ProductError('invalid_input', undefined, { details: { fields: [{ field, problem }] } })
}
