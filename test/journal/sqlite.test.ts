// The journal in a file: it keeps to the port's promises, and to those that only a disk can break.
import { randomUUID } from 'node:crypto'
import { openStore } from '../../src/journal/sqlite/store.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { journalContract } from './contract.ts'

journalContract('SQLite', async () => openStore(temporaryFolder(), randomUUID).journal)
