import { Module } from '@medusajs/framework/utils';
import { EvenhandService } from './service.ts';

export const EVENHAND = 'evenhand';

export default Module(EVENHAND, { service: EvenhandService });
