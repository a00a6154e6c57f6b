import { dataPaths } from '../foundation/paths.ts'
import { startProduct } from '../main.ts'
import { connect, findRunningServer, type RunningServer } from './running-server.ts'

/** A server to talk to, and what ends it where it was started for this command. */
export interface FoundServer {
  readonly server: RunningServer
  readonly stop: () => Promise<void>
}

/** The server of a data folder where one runs; else the product is started for as long as the command takes. */
export async function findOrStart(data: string): Promise<FoundServer> {
  const running = await findRunningServer(dataPaths(data))
  if (running !== null) return { server: running, stop: () => Promise.resolve() }
  const product = await startProduct({ dataFolder: data, overrides: { port: 0 } })
  return { server: connect(product.url, product.token), stop: () => product.stop() }
}
