import { dataPaths } from '../foundation/paths.ts'
import { examineDataFolder } from './doctor/data-folder.ts'
import type { Finding } from './doctor/finding.ts'
import { examineMachine } from './doctor/machine.ts'
import { examinePictureFiles } from './doctor/picture-files.ts'
import { examineProduct } from './doctor/product.ts'
import { repair } from './doctor/repair.ts'

const signs = { good: 'ok     ', note: 'note   ', problem: 'PROBLEM' } as const

export interface DoctorArguments {
  readonly data: string
  readonly json?: boolean
  /** Reads every picture and compares its checksum. */
  readonly verify?: boolean
  /** Mends what can be mended, before it looks. */
  readonly repair?: boolean
}

/** `mysticanvas doctor`: looks at everything the product needs, and ends with a failure where there is a problem. */
export async function doctor({ data, json, verify, repair: mend }: DoctorArguments): Promise<void> {
  const paths = dataPaths(data)
  const findings = [
    ...(mend === true ? await repair(paths) : []),
    ...(await examineMachine()),
    ...(await examineDataFolder(paths)),
    ...(await examinePictureFiles(paths, verify === true)),
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
