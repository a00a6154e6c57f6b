import { probeApple } from './apple-probe.ts'
import type { DeviceProbe, DeviceReading } from './device-probe.ts'
import { probeNvidia } from './nvidia-probe.ts'
import { probeSysfs } from './sysfs-probe.ts'
import { probeSystem } from './system-probe.ts'

const probes: readonly DeviceProbe[] = [
  () => probeNvidia(),
  () => probeSysfs(),
  () => probeApple(),
  () => probeSystem(),
]

/** Every memory of this machine, that of the machine itself last. */
export async function probeDevices(): Promise<readonly DeviceReading[]> {
  return (await Promise.all(probes.map((probe) => probe()))).flat()
}
