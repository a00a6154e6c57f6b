import { forward } from '../../mcp-server/stdio/forward.ts'
import { FoundServer } from './found-server.ts'
import { whenAskedToStop } from './stop-signals.ts'

/**
 * `mysticanvas mcp`: lets a program that speaks the Model Context Protocol over standard input and output use MystiCanvas.
 * Ends when its input ends.
 */
export async function mcp({ data }: { readonly data: string }): Promise<void> {
  const asked = whenAskedToStop()
  const server = new FoundServer(data)
  const forwarding = await forward({
    input: process.stdin,
    output: process.stdout,
    findServer: () => server.find(),
    onError: (error) => void process.stderr.write(`${error.message}\n`),
  })
  await Promise.race([forwarding.ended, asked])
  await forwarding.close()
  await server.stop()
  // A client that died without closing its end must not keep us.
  process.stdin.destroy()
}
