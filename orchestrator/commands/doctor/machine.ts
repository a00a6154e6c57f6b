import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { probeSystem } from '../../supervision/memory/system-probe.ts'
import { good, note, problem, type Finding } from './finding.ts'

const run = promisify(execFile)
const gigabyte = 1e9

/** PCI vendor ids of makers of graphics cards. Source: the PCI ID repository. */
const makers: Record<string, string> = { '0x10de': 'NVIDIA', '0x1002': 'AMD', '0x8086': 'Intel' }

/** Node.js, processor, memory and graphics cards. */
export async function examineMachine(): Promise<Finding[]> {
  return [examineNode(), await examineMemory(), await examineGraphics()]
}

function examineNode(): Finding {
  return good('Node.js', `${process.version} at ${process.execPath}`)
}

async function examineMemory(): Promise<Finding> {
  const [{ totalBytes, freeBytes }] = await probeSystem()
  const found = `${availableParallelism()} processor cores, ${gigabytes(freeBytes)} of ${gigabytes(totalBytes)} memory available`
  return freeBytes < gigabyte
    ? problem('Machine', found, 'Close other programs: making a picture needs about 1 GB.')
    : good('Machine', found)
}

async function examineGraphics(): Promise<Finding> {
  const cards = [...(await nvidiaCards()), ...drmCards()]
  if (cards.length > 0) return good('Graphics', [...new Set(cards)].join(', '))
  if (process.platform === 'darwin') return good('Graphics', 'Metal')
  return note(
    'Graphics',
    'No graphics card was found; pictures are made by the processor, which is slow for large models.',
  )
}

async function nvidiaCards(): Promise<string[]> {
  const query = ['--query-gpu=name,memory.total', '--format=csv,noheader']
  const output = await run('nvidia-smi', query, { timeout: 5000 }).catch(() => null)
  return output === null
    ? []
    : output.stdout
        .trim()
        .split('\n')
        .filter((line) => line !== '')
}

function drmCards(): string[] {
  try {
    const cards = readdirSync('/sys/class/drm').filter((name) => /^card\d+$/.test(name))
    return cards.flatMap((card) => {
      const vendor = readFileSync(`/sys/class/drm/${card}/device/vendor`, 'utf8').trim()
      const maker = makers[vendor]
      return maker === undefined || maker === 'NVIDIA' ? [] : [maker]
    })
  } catch {
    return []
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / gigabyte).toFixed(1)} GB`
}
