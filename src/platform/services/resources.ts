import type { Answer } from '../../contract/operation.ts';
import type { Consented, Page } from '../../contract/shapes.ts';
import type { Resource } from '../../domain/document/resources.ts';
import { NOUN, type Section } from '../../domain/document/sections.ts';
import type { DesiredEntry } from '../../domain/plan/desired.ts';
import { entryByContent } from '../contents/by-content.ts';
import type { Call } from '../handler.ts';
import { notFound } from './not-found.ts';
import { pageOf, readCursor } from './pages.ts';
import { etagOf, requireVersion } from './versions.ts';
import type { Written } from './write-entry.ts';

/** Handlers of one section's entries. Writing is loaded when something is written: it brings the whole planner. */

export function listResources<S extends Section>(section: S) {
  return async (
    { platform }: Call,
    { query }: { readonly query: { readonly limit: number; readonly cursor?: string | undefined } },
  ): Promise<Answer<Page<Resource<S>>>> => {
    const after = readCursor(section, query.cursor);
    const rows = await platform.store.read(({ resources }) => resources.list(section, after, query.limit + 1));
    return { value: pageOf(section, rows, query.limit, (resource) => resource.id) };
  };
}

interface OfOne {
  readonly params: { readonly id: string };
  readonly ifMatch: string | null | undefined;
}

export function getResource<S extends Section>(section: S) {
  return async ({ platform }: Call, { params }: OfOne): Promise<Answer<Resource<S>>> => {
    const resource = await platform.store.read(({ resources }) => resources.get(section, params.id));
    if (resource === null) throw notFound(NOUN[section], params.id);
    return { value: resource, etag: etagOf(resource.version) };
  };
}

export function putResource<S extends Section>(section: S) {
  return async (
    call: Call,
    input: OfOne & { readonly body: { readonly spec: unknown; readonly consent: Consented } },
  ): Promise<Answer<Written>> => {
    const { writeEntry } = await import('./write-entry.ts');
    const { spec, brought } = entryByContent(section, input.params.id, input.body.spec);
    return writeEntry(call, {
      desired: { kind: 'entry', section, id: input.params.id, spec } as DesiredEntry,
      consent: input.body.consent,
      brought,
      check: (present) => requireVersion(section, input.params.id, present, input.ifMatch),
    });
  };
}

export function removeResource(section: Section) {
  return async (
    call: Call,
    input: OfOne & { readonly body: { readonly consent: Consented } },
  ): Promise<Answer<Written>> => {
    const { writeEntry } = await import('./write-entry.ts');
    const { id } = input.params;
    return writeEntry(call, {
      desired: { kind: 'entry', section, id, spec: null } as DesiredEntry,
      consent: input.body.consent,
      brought: null,
      check(present) {
        if (present === null) throw notFound(NOUN[section], id);
        requireVersion(section, id, present, input.ifMatch);
      },
    });
  };
}
