import { z } from 'zod'
import { ProductError } from '../../contracts/errors.ts'
import { dataPaths } from '../foundation/paths.ts'
import { findRunningServer } from './running-server.ts'

const replySchema = z.object({ code: z.string() })

/** `mysticanvas open`: prints an address that signs one browser in, for ten minutes. */
export async function open({ data }: { readonly data: string }): Promise<void> {
  const server = await findRunningServer(dataPaths(data))
  if (server === null) throw new ProductError('not_running')
  const reply = await server.fetch('/api/sign-in-codes', { method: 'POST' })
  const { code } = replySchema.parse(await reply.json())
  process.stdout.write(`${server.url}/login?code=${code}\n`)
}
