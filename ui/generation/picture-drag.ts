import type { Generation } from '../../contracts/entities/generation.ts'

/** How a picture of ours is known while it is dragged. Browsers add its file too, so this one counts first. */
const dragType = 'application/x-mysticanvas-generation'

/** Lets a picture be dragged to where it can be used. */
export function offerGeneration({ dataTransfer }: DragEvent, { id }: Generation): void {
  dataTransfer?.setData(dragType, id)
  if (dataTransfer !== null) dataTransfer.effectAllowed = 'copyLink'
}

/** True where a picture of ours is being dragged. What it is, browsers tell only once it is dropped. */
export function draggedGeneration(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes(dragType) === true
}

/** The id of a picture of ours that was dropped; null for everything else. */
export function droppedGeneration(transfer: DataTransfer | null): string | null {
  const id = transfer?.getData(dragType) ?? ''
  return id === '' ? null : id
}

/** True where files from outside, or pictures, are being dragged. */
export function hasFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') === true
}
