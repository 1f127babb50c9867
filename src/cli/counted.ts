import { grouped } from './terminal.ts';

/** `1 seed`, `1,200 seeds` */
export const counted = (n: number, one: string, many = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : many}`;
