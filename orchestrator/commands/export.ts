import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { errorReplySchema, fromErrorBody, ProductError } from '../../contracts/errors.ts'
import { findOrStart } from './find-or-start.ts'
import { requireWritable } from './output-files.ts'

/** `mysticanvas export <zip>`: writes pictures with their recipes into an archive and prints its path. */
export async function exportPictures(
  out: string,
  { data, query }: { readonly data: string; readonly query: string },
): Promise<void> {
  await requireWritable(out)
  const { server, stop } = await findOrStart(data)
  const path = resolve(out)
  try {
    const { url, pictures } = await server.invoke('prepare_export', { query })
    const reply = await server.fetch(url)
    if (!reply.ok || reply.body === null)
      throw fromErrorBody(errorReplySchema.parse(await reply.json()).error)
    await write(path, Readable.from(reply.body, { objectMode: false }))
    process.stderr.write(`${pictures} pictures\n`)
    process.stdout.write(`${path}\n`)
  } finally {
    await stop()
  }
}

/** As a whole or not at all. */
async function write(path: string, content: Readable): Promise<void> {
  const temporary = `${path}.${process.pid}.partial`
  try {
    await pipeline(content, createWriteStream(temporary))
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw new ProductError('output_not_writable', `The archive cannot be written to ${path}.`, { cause })
  }
}
