import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { CapabilityInput } from '../../contracts/capabilities/index.ts'
import type { Generation } from '../../contracts/entities/generation.ts'
import { fromErrorBody, ProductError, type ErrorCode } from '../../contracts/errors.ts'
import { findOrStart } from './find-or-start.ts'
import { outputPaths, requireWritable, writeOutput } from './output-files.ts'
import { createProgressDisplay, type ProgressDisplay } from './progress-bar.ts'
import type { RunningServer } from './running-server.ts'
import { whenAskedToStop } from './stop-signals.ts'

export interface GenerateArguments extends Omit<CapabilityInput<'generate'>, 'prompt'> {
  readonly data: string
  /** Where the picture goes; several get a number each. */
  readonly out: string | undefined
  /** A picture file to start from. */
  readonly from: string | undefined
}

const pollMs = 150

/** What a queue is held for does not end by itself while somebody waits at a terminal. */
const endsTheWait: readonly ErrorCode[] = ['disk_full', 'data_folder_read_only', 'worker_failed']

/**
 * `mysticanvas generate`: makes pictures and prints the paths of their files. Uses the server of the data folder where
 * one runs, else starts the product for as long as it takes.
 */
export async function generate(
  prompt: string,
  { data, out, from, ...settings }: GenerateArguments,
): Promise<void> {
  if (out !== undefined) await requireWritable(out)
  // From the first moment on: a start that is interrupted has to be undone as well.
  const asked = whenAskedToStop()
  const { server, stop } = await findOrStart(data)
  const display = createProgressDisplay(process.stderr)
  try {
    const source = from === undefined ? {} : { init_image: await upload(server, from) }
    const { generations } = await server
      .invoke('generate', { prompt, ...settings, ...source })
      .catch((error: unknown) => nameThePresets(server, error))
    const paths = outputPaths(
      out,
      generations.map(({ id }) => id),
    )
    const cancelled = asked.then(() => cancelAll(server, generations))
    for (const [index, { id }] of generations.entries()) {
      const finished = await Promise.race([watch(server, id, display), cancelled])
      const path = paths[index] as string
      await writeOutput(path, await download(server, finished))
      process.stdout.write(`${path}\n`)
    }
  } finally {
    display.end()
    await stop()
  }
}

async function upload(server: RunningServer, file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ProductError('source_picture_not_found', `The file ${file} cannot be read.`, { cause })
  })
  return (await server.invoke('upload_picture', { data_base64: bytes.toString('base64') })).init_image
}

/** Follows a picture to its end. @throws ProductError with what went wrong */
async function watch(server: RunningServer, id: string, display: ProgressDisplay): Promise<Generation> {
  for (;;) {
    const generation = await server.invoke('get_generation', { generation: id })
    const { state, error } = generation
    if (state === 'completed') return generation
    if (state === 'cancelled') throw new ProductError('cancelled')
    if (error !== null && (state === 'failed' || endsTheWait.includes(error.code))) throw fromErrorBody(error)
    display.show(generation)
    await wait(pollMs)
  }
}

async function cancelAll(server: RunningServer, generations: readonly Generation[]): Promise<never> {
  for (const { id } of generations)
    await server.invoke('cancel_generation', { generation: id }).catch(() => undefined)
  throw new ProductError('cancelled')
}

async function download(server: RunningServer, { picture }: Generation): Promise<Buffer> {
  if (picture === null) throw new ProductError('picture_not_found')
  const reply = await server.fetch(picture.url)
  if (!reply.ok) throw new ProductError('picture_not_found')
  return Buffer.from(await reply.arrayBuffer())
}

/** Who names a preset that is not there is told at once which ones are. */
async function nameThePresets(server: RunningServer, error: unknown): Promise<never> {
  if (!(error instanceof ProductError) || error.code !== 'preset_not_found') throw error
  const { presets } = await server.invoke('list_presets', {})
  error.message = `${error.message} There are: ${presets.map(({ id }) => id).join(', ')}.`
  throw error
}
