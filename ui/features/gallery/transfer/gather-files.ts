const kinds = /\.(png|jpe?g|webp|zip)$/i

/** More files at once than the server takes. */
const most = 10_000

/** Leaves out what is surely no picture, as the other files of a folder. */
export function onlyPictures(files: Iterable<File>): File[] {
  return [...files].filter(({ name }) => kinds.test(name) && !name.startsWith('.')).slice(0, most)
}

/** The pictures and archives among dropped things, also those in dropped folders. */
export async function gatherFiles(transfer: DataTransfer): Promise<File[]> {
  // The list is only there until the event is over, so everything is asked of it at once.
  const items = [...transfer.items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile())
  const found: File[] = []
  for (const item of items) {
    if (item instanceof File) found.push(item)
    else if (item !== null) await gather(item, found)
  }
  return onlyPictures(found)
}

async function gather(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= most) return
  if (isFile(entry)) {
    found.push(await new Promise<File>((resolve, reject) => entry.file(resolve, reject)))
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  // Each call gives some of them, and an empty list ends it.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return
    for (const one of some) await gather(one, found)
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
