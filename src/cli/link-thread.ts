import { serveCrew } from '../adapters/link/worker.ts';
import { readPart } from '../workflows/link/table-file.ts';

serveCrew(readPart);
