import { access } from 'node:fs/promises'
import sharp from 'sharp'
import type { z } from 'zod'
import type { EngineCapabilities } from '../../contracts/entities/engine.ts'
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
  if (request.init_image_base64 !== null) refuseReference(request.model.files)
  await checkPicture(request, 'init_image_base64')
  await checkPicture(request, 'mask_image_base64')
  await checkPicture(request, 'control_image_base64')
}

/**
 * Refuses by name what the engine in use cannot do.
 *
 * @throws ProductError `unsupported_by_engine`; `control_net_missing` where it could, but the model brings none;
 * `invalid_input` for a mask without a picture
 */
export function checkAbilities(request: ImageRequest, capabilities: EngineCapabilities): void {
  const { init_image_base64: source, mask_image_base64: mask, control_image_base64: control } = request
  if (mask !== null && !capabilities.mask) throw unsupported('masks')
  if (mask !== null && source === null) throw wrongField('mask_image_base64', 'A mask needs a picture.')
  if (control === null) return
  if (!capabilities.controlnet) throw unsupported('control pictures')
  if (request.model.files.control_net === undefined) throw new ProductError('control_net_missing')
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

/** Such a model takes a source picture as a reference and ignores the strength; that is not what was asked for. */
function refuseReference(files: ModelFiles): void {
  if (files.llm === undefined) return
  throw unsupported('image-to-image with a model that reads its prompt through a language model')
}

async function checkPicture(
  request: ImageRequest,
  field: 'init_image_base64' | 'mask_image_base64' | 'control_image_base64',
): Promise<void> {
  const { width, height, [field]: base64 } = request
  if (base64 === null) return
  const found = await sharp(Buffer.from(base64, 'base64'))
    .metadata()
    .catch((cause: unknown) => {
      throw new ProductError('picture_unreadable', undefined, { cause })
    })
  if (found.format === 'png' && found.width === width && found.height === height) return
  const problem = `It is a ${found.format} of ${found.width} by ${found.height}; a PNG of ${width} by ${height} is needed.`
  throw wrongField(field, problem)
}

function checkFigure(field: string, schema: z.ZodType, value: number): void {
  const checked = schema.safeParse(value)
  if (!checked.success) throw wrongField(field, checked.error.issues[0]?.message ?? 'Out of range.')
}

function wrongField(field: string, problem: string): ProductError {
  return new ProductError('invalid_input', undefined, { details: { fields: [{ field, problem }] } })
}

function unsupported(feature: string): ProductError {
  return new ProductError('unsupported_by_engine', undefined, { details: { feature } })
}
