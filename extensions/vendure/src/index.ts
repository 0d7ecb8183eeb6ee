export type { EvenhandOptions } from './options';
export type * from './payload';
export { EvenhandPlugin } from './plugin';
