import type { MemoryPlan } from '../../contracts/entities/memory.ts'
import { writeExactlyOne, type WritableDatabase } from './connection.ts'

/** Keeps how a picture is made to fit into memory, in place of what was kept before. */
export function putMemoryPlan(database: WritableDatabase, id: number, plan: MemoryPlan): void {
  writeExactlyOne(database, 'UPDATE generations SET memory_plan = :plan WHERE id = :id', {
    id,
    plan: JSON.stringify(plan),
  })
}
