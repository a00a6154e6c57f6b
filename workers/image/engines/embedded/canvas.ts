import sharp from 'sharp'
import type { EngineRequest, EngineReport } from '../engine.ts'

/**
 * The engine quietly rounds each side up to what its networks can halve often enough: 64 pixels for the UNets, less for
 * others. So it is given a canvas of such sides, and the wanted picture is cut from its middle.
 */
const unit = 64

interface Size {
  readonly width: number
  readonly height: number
}

/** The request as the engine is to get it: sides it takes as they are, the pictures that go with it extended to them. */
export async function fitToCanvas(request: EngineRequest): Promise<EngineRequest> {
  const canvas = canvasOf(request)
  if (isSame(canvas, request)) return request
  const { init_image_base64, mask_image_base64, control_image_base64 } = request
  return {
    ...request,
    ...canvas,
    init_image_base64: await extend(init_image_base64, canvas, request),
    mask_image_base64: await extend(mask_image_base64, canvas, request),
    control_image_base64: await extend(control_image_base64, canvas, request),
  }
}

async function extend(base64: string | null, canvas: Size, wanted: Size): Promise<string | null> {
  if (base64 === null) return null
  const margins = marginsBetween(canvas, wanted)
  const right = canvas.width - wanted.width - margins.left
  const bottom = canvas.height - wanted.height - margins.top
  const extended = await sharp(Buffer.from(base64, 'base64'))
    .extend({ ...margins, right, bottom, extendWith: 'copy' })
    .png()
    .toBuffer()
  return extended.toString('base64')
}

/** Cuts the wanted picture from the middle of the canvas. One of any other size is given back as it is. */
export async function cutFromCanvas(png: Buffer, wanted: Size): Promise<Buffer> {
  const canvas = canvasOf(wanted)
  if (isSame(canvas, wanted)) return png
  const picture = sharp(png)
  const { width, height } = await picture.metadata()
  if (!isSame(canvas, { width, height })) return png
  return picture
    .extract({ ...marginsBetween(canvas, wanted), width: wanted.width, height: wanted.height })
    .png()
    .toBuffer()
}

/** Passes reports on with each picture cut to size, in order; `settled` resolves when the last one is through. */
export class CuttingReporter {
  readonly #wanted: Size
  readonly #report: (report: EngineReport) => void
  #chain: Promise<void> = Promise.resolve()

  constructor(wanted: Size, report: (report: EngineReport) => void) {
    this.#wanted = wanted
    this.#report = report
  }

  take(report: EngineReport): void {
    if (report.type === 'image') this.#chain = this.#chain.then(() => this.#cut(report.index, report.png))
    else this.#report(report)
  }

  settled(): Promise<void> {
    return this.#chain
  }

  async #cut(index: number, png: Buffer): Promise<void> {
    // An unreadable picture is for the one who asked to judge.
    const cut = await cutFromCanvas(png, this.#wanted).catch(() => png)
    this.#report({ type: 'image', index, png: cut })
  }
}

function canvasOf({ width, height }: Size): Size {
  return { width: Math.ceil(width / unit) * unit, height: Math.ceil(height / unit) * unit }
}

function marginsBetween(canvas: Size, wanted: Size): { left: number; top: number } {
  return {
    left: Math.floor((canvas.width - wanted.width) / 2),
    top: Math.floor((canvas.height - wanted.height) / 2),
  }
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height
}
