import { describe, expect, it } from 'vitest';
import { edgeHint } from '../../../src/cli/servers/edge-text.ts';
import { documentsOf, type Resource } from '../../../src/domain/document/resources.ts';

const site = (url: string, role: 'legacy' | 'unified' = 'legacy'): Resource => ({
  kind: 'sites',
  id: url.replaceAll(/[^a-z0-9]+/g, '-'),
  version: 1,
  spec: { brand: 'poco', market: 'gb', role, urls: [url] },
  times: {},
});

const hint = (urls: readonly string[], at: number | null = null) =>
  edgeHint('http://127.0.0.1:1', documentsOf(urls.map((url) => site(url))), at);

describe('what a person is told when the edge listens', () => {
  it.each([
    ['https://po.co/uk/', "curl -i -H 'Host: po.co' http://127.0.0.1:1/uk/"],
    ['po.co', "curl -i -H 'Host: po.co' http://127.0.0.1:1/"],
    ['https://*.po.co:8443/a', "curl -i -H 'Host: www.po.co:8443' http://127.0.0.1:1/a/"],
  ])('asks for %s by its Host', (url, command) => {
    expect(hint([url])).toContain(command);
  });

  it('asks for a closing site rather than for the one that stays', () => {
    const documents = documentsOf([site('www.mi.com', 'unified'), site('po.co')]);
    expect(edgeHint('http://127.0.0.1:1', documents, null)).toContain("'Host: po.co'");
  });

  it('says the instant of a rehearsal', () => {
    expect(hint(['po.co'], Date.UTC(2025, 0, 1))).toContain('Answering for one site as of 2025-01-01T00:00:00Z.');
    expect(hint([])).toBe('Answering for 0 sites as of now. Ctrl-C stops it.');
  });
});
