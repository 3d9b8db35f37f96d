/** Files and whole folders out of what was dropped on the page or chosen in a dialog. */
export interface Given {
  file: File;
  /** The name below the folder that was given: "crawl/2016/page.html". */
  path: string;
}

/** What a list of chosen files gives; a chosen folder's files carry their paths. */
export function fromList(files: Iterable<File>): Given[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/**
 * What was dropped, folders with all that is in them. It must be called while the drop is handled: browsers take
 * the entries back afterwards.
 */
export async function fromDrop(transfer: DataTransfer): Promise<Given[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.every((entry) => entry === null)) return fromList(transfer.files);
  const found = await Promise.all(entries.filter((entry) => entry !== null).map(below));
  return found.flat();
}

async function below(entry: FileSystemEntry): Promise<Given[]> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
    return [{ file, path }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Given[] = [];
  // A reader gives a folder in parts, and an empty part at its end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (part.length === 0) return found;
    for (const each of part) found.push(...(await below(each)));
  }
}
