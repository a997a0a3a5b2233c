import { exportApache } from './apache.ts';
import { exportCaddy } from './caddy.ts';
import { exportCloudflareBulk } from './cloudflare-bulk.ts';
import type { Edge, EdgeExport, ExportInput } from './edge.ts';
import { exportHaproxy } from './haproxy.ts';
import { exportNginx } from './nginx.ts';
import { exportRedirectsFile } from './redirects-file.ts';

/** Rules as an edge's own configuration, and everything that the edge cannot say of them. */
export function exportRules(edge: Edge, input: ExportInput): EdgeExport {
  switch (edge) {
    case 'nginx':
      return exportNginx(input);
    case 'caddy':
      return exportCaddy(input);
    case 'haproxy':
      return exportHaproxy(input);
    case 'apache':
      return exportApache(input);
    case 'netlify':
    case 'cloudflare':
      return exportRedirectsFile(input, edge);
    case 'cloudflare-bulk':
      return exportCloudflareBulk(input);
  }
}
