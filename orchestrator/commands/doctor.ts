import { dataPaths } from '../foundation/paths.ts'
import { examineDataFolder } from './doctor/data-folder.ts'
import type { Finding } from './doctor/finding.ts'
import { examineMachine } from './doctor/machine.ts'
import { examineProduct } from './doctor/product.ts'

const signs = { good: 'ok     ', note: 'note   ', problem: 'PROBLEM' } as const

/** `mysticanvas doctor`: looks at everything the product needs, and ends with a failure where there is a problem. */
export async function doctor({
  data,
  json,
}: {
  readonly data: string
  readonly json?: boolean
}): Promise<void> {
  const paths = dataPaths(data)
  const findings = [
    ...(await examineMachine()),
    ...(await examineDataFolder(paths)),
    ...(await examineProduct(paths)),
  ]
  process.stdout.write(
    json === true ? `${JSON.stringify(findings, null, 2)}\n` : `${findings.map(toLine).join('\n')}\n`,
  )
  if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1
}

function toLine({ subject, state, found, advice }: Finding): string {
  const line = `${signs[state]}  ${subject}: ${found}`
  return advice === null ? line : `${line}\n           ${advice}`
}
