/**
 * Loaded into the installer and the builder (`node --import`). If the setup dies, even by SIGKILL, they
 * must stop at once: an orphaned npm that goes on, or rolls back, would ruin the installation that the
 * next start has begun in the same folder.
 */
process.on('disconnect', () => process.exit(1))
process.channel?.unref()
