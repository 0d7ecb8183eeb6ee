import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Comparison, Model } from '../../src/core/linkage/types.ts';
import { linksSql, readPeople } from './duck.ts';
import { PROBABLE } from './method.ts';
import { say } from './side.ts';

/** `node bench/linkage/run-duck.ts FILE WEIGHTS`: the same in DuckDB on two threads, from the file to a table of links; without clusters. */
const [file = '', weights = ''] = process.argv.slice(2);
const { comparisons, model } = JSON.parse(await readFile(weights, 'utf8')) as {
  readonly comparisons: readonly Comparison[];
  readonly model: Model;
};
const begin = performance.now();
const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
await readPeople(connection, file);
await connection.run(`create table link as ${linksSql(comparisons, model, Math.log2(PROBABLE / (1 - PROBABLE)))}`);
const counted = await connection.runAndReadAll('select count(*) from link');
say({ seconds: (performance.now() - begin) / 1000, pairs: null, links: Number(counted.getRows()[0]?.[0]) });
connection.closeSync();
