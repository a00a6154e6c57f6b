import { startProduct } from '../main.ts'
import { whenAskedToStop } from './stop-signals.ts'

export interface StartArguments {
  readonly data: string
  readonly port?: number
}

/** `mysticanvas start`: runs the product until it is told to stop. */
export async function start({ data, port }: StartArguments): Promise<void> {
  // Listened for from the first moment on: who leaves during the start must not leave an orphan behind.
  const asked = whenAskedToStop()
  const product = await startProduct({ dataFolder: data, overrides: port === undefined ? {} : { port } })
  const host = new URL(product.url).hostname
  if (host !== '127.0.0.1' && host !== 'localhost' && host !== '[::1]') {
    process.stderr.write(`Warning: other machines can reach MystiCanvas at ${product.url}.\n`)
  }
  process.stdout.write(
    [
      `MystiCanvas is running at ${product.url}`,
      '',
      `  Open this once to sign your browser in: ${product.signInUrl()}`,
      `  Pictures and settings lie in ${data}`,
      '  Stop with Ctrl+C.',
      '',
    ].join('\n'),
  )
  await asked
  process.stderr.write('Stopping…\n')
  await product.stop()
}
