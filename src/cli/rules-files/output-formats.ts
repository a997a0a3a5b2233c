import { EDGES } from '../../redirects/edges/edge.ts';
import type { OutputFormat } from './edge-export.ts';

export const OUTPUT_FORMATS: readonly OutputFormat[] = ['csv', 'ndjson', ...EDGES];
